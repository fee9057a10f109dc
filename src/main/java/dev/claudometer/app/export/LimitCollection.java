package dev.claudometer.app.export;

import dev.claudometer.app.LimitSources;
import dev.claudometer.app.Pushing;
import dev.claudometer.app.process.LineLog;
import dev.claudometer.app.process.Started;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.process.Version;
import dev.claudometer.collect.Loop;
import dev.claudometer.collect.PollLog;
import dev.claudometer.collect.QuotaPoll;
import dev.claudometer.collect.QuotaSource;
import dev.claudometer.export.otlp.MetricPush;
import dev.claudometer.export.otlp.PushSettings;
import dev.claudometer.export.otlp.Spans;
import dev.claudometer.export.quota.LimitsExport;
import dev.claudometer.export.scrape.Scraper;
import dev.claudometer.model.DeviceId;
import dev.claudometer.store.poll.Poll;
import dev.claudometer.store.poll.Readings;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.quota.SqlReadings;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;

/// The asking for quotas with all its parts, once or until it is ended.
public final class LimitCollection implements AutoCloseable {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Surroundings surroundings;
  private final LimitSources sources;
  private final Started parts = new Started(this::complain);
  private int port;

  /// @param level how much is logged
  public LimitCollection(Surroundings surroundings, LimitSources sources, Level level) {
    this.surroundings = surroundings;
    this.sources = sources;
    parts.keep(sources);
    parts.keep(LineLog.open(surroundings.err(), level));
  }

  /// Asks what is due, and pushes all that is known.
  ///
  /// @return false where a source does not answer or the push failed
  public boolean once(Path store, PushSettings settings) throws InterruptedException {
    var pushing = Pushing.of(settings, surroundings.clock(), PollLog.NONE);
    Readings readings = open(store);
    Spans spans = parts.keep(pushing.spans());
    MetricPush push = parts.keep(pushing.metrics(scraper(readings, pushing)));
    Instant began = surroundings.clock().instant();
    new QuotaPoll(traced(spans), readings, DeviceId.THIS, surroundings.clock(), PollLog.NONE)
        .runForPerson();
    Runnable traced = spans == null ? () -> {} : spans.push();
    if (push != null) {
      push.finish();
    }
    traced.run();
    List<String> failures = failures(readings, began);
    String failure = pushing.deliveries().failure();
    if (failure != null) {
      failures.add(failure);
    }
    if (sources.onlyRemembered() && readings.latest().isEmpty()) {
      failures.add(
          "there is nothing to tell: set COOKIEJAR_URL and CLAUDE_ORGANIZATION_ID, or name a source"
              + " with --ask");
    }
    failures.forEach(this::complain);
    return failures.isEmpty();
  }

  /// What does not answer now, or did not when it was last due.
  private List<String> failures(Readings readings, Instant began) {
    List<String> failures = new ArrayList<>();
    for (QuotaSource source : sources.asked()) {
      Poll poll = readings.poll(source.name());
      Instant failed = poll.failed();
      Instant done = poll.done();
      if (failed != null) {
        String again = failed.isBefore(began) ? later("failed", failed, source.retry()) : "";
        failures.add(source.name() + ": " + poll.failure() + again);
      } else if (done != null && done.isBefore(began)) {
        complain(source.name() + " is told as it was" + later("asked", done, source.pause()));
      }
    }
    return failures;
  }

  /// ` (failed at 12:00:00Z, not asked again before 12:01:00Z)`.
  private static String later(String what, Instant at, Duration pause) {
    return " (%s at %s, not asked again before %s)".formatted(what, time(at), time(at.plus(pause)));
  }

  private static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString().replaceFirst(".*T", "");
  }

  /// Starts to ask, to push and to answer.
  ///
  /// @param number of the port, 0 for any free one
  public void start(Path store, PushSettings settings, InetAddress address, int number) {
    PollLog diary = PollLog.log("limits");
    var pushing = Pushing.of(settings, surroundings.clock(), diary);
    Readings readings = open(store);
    Scraper scraper = scraper(readings, pushing);
    port = parts.keep(ScrapePort.open(surroundings, scraper, address, number)).port();
    Spans spans = parts.keep(pushing.spans());
    var poll = new QuotaPoll(traced(spans), readings, DeviceId.THIS, surroundings.clock(), diary);
    parts.keep(new Loop("limits", MINUTE, poll::run));
    var _ = parts.keep(pushing.metrics(scraper));
  }

  private Readings open(Path store) {
    Database database = SqliteStore.database(store, Durability.PROCESS);
    parts.keep(database);
    return new SqlReadings(database);
  }

  private Scraper scraper(Readings readings, Pushing pushing) {
    return new LimitsExport(readings, sources.names(), Version.text(), pushing.collectors())
        .scraper(surroundings.clock());
  }

  private List<QuotaSource> traced(@Nullable Spans spans) {
    return spans == null
        ? sources.asked()
        : sources.asked().stream().map(source -> TracedAsking.of(source, spans)).toList();
  }

  int port() {
    return port;
  }

  private void complain(String sentence) {
    surroundings.err().println("claudometer: " + sentence);
  }

  /// Ends what was started, the last first.
  @Override
  public void close() {
    parts.close();
  }
}
