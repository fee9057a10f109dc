package dev.claudometer.export.prometheus;

import dev.claudometer.metric.Samples;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Answers scrapes, however many come at a time: those who wait for one that is running share the
/// next. So memory is bounded, and nobody gets what was true before they asked.
public final class Scrapes {

  private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]{0,199}";

  private final Supplier<List<Samples>> scraper;
  private final ReentrantLock one = new ReentrantLock(true);
  private final AtomicLong begun = new AtomicLong();
  private @Nullable Flight last;

  /// @param scraper what is scraped; asked by one thread at a time
  public Scrapes(Supplier<List<Samples>> scraper) {
    this.scraper = scraper;
  }

  /// An answer to a scrape.
  public static final class Answer {
    private final Form form;
    private final Supplier<InputStream> body;
    private final int length;

    private Answer(Form form, Supplier<InputStream> body, int length) {
      this.form = form;
      this.body = body;
      this.length = length;
    }

    public String contentType() {
      return form.format().contentType();
    }

    /// Whether the body is compressed.
    public boolean gzip() {
      return form.gzip();
    }

    public int length() {
      return length;
    }

    /// The body, which is shared by those who asked at the same time.
    public InputStream body() {
      return body.get();
    }
  }

  /// A name that is asked for is no name of a metric.
  public static final class BadName extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadName() {
      super("'name[]' has to be the name of a metric, such as claude_tokens_total");
    }
  }

  private record Form(Format format, boolean gzip, Set<String> names) {}

  /// One scrape with the forms that were asked of it.
  private record Flight(long number, List<Samples> samples, Map<Form, Answer> answers) {}

  /// Scrapes, or takes part in a scrape that begins after this was called.
  ///
  /// @param accept the request's header of that name, and so the next
  /// @param names the only families or samples to answer with; none for all
  /// @throws BadName where one of them cannot be a name
  public Answer answer(
      @Nullable String accept, @Nullable String acceptEncoding, List<String> names) {
    if (!names.stream().allMatch(name -> name.matches(NAME))) {
      throw new BadName();
    }
    var form = new Form(Format.accepted(accept), Format.gzip(acceptEncoding), new HashSet<>(names));
    long before = begun.get();
    one.lock();
    try {
      Flight flight = last;
      if (flight == null || flight.number() <= before) {
        flight = new Flight(begun.incrementAndGet(), scraper.get(), new HashMap<>());
      }
      last = one.hasQueuedThreads() ? flight : null;
      return flight.answers().computeIfAbsent(form, rendered(flight));
    } finally {
      one.unlock();
    }
  }

  private static Function<Form, Answer> rendered(Flight flight) {
    return form -> {
      List<Samples> wanted =
          form.names().isEmpty()
              ? flight.samples()
              : flight.samples().stream().filter(samples -> wanted(samples, form)).toList();
      Bytes text = Exposition.write(wanted, form.format());
      if (!form.gzip()) {
        return new Answer(form, text::read, text.length());
      }
      byte[] compressed = Exposition.gzip(text);
      return new Answer(form, () -> new ByteArrayInputStream(compressed), compressed.length);
    };
  }

  /// A histogram is also meant by the names of its samples.
  private static boolean wanted(Samples samples, Form form) {
    String name = samples.family().name();
    return form.names().contains(name)
        || switch (samples.family().type()) {
          case HISTOGRAM ->
              form.names().contains(name + "_bucket")
                  || form.names().contains(name + "_sum")
                  || form.names().contains(name + "_count");
          case SUMMARY ->
              form.names().contains(name + "_sum") || form.names().contains(name + "_count");
          case COUNTER, GAUGE -> false;
        };
  }
}
