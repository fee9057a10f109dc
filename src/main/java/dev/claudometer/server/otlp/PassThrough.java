package dev.claudometer.server.otlp;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/// Sends on what clients sent to a collector, unchanged and in its order: bytes, content type,
/// encoding and path. What the collector does not take is tried again for a while and then dropped;
/// nobody here waits for it, and its memory is bounded.
///
/// Headers that say who sends are for us, and are not sent on.
public final class PassThrough implements Onward, AutoCloseable {

  private static final System.Logger LOG = System.getLogger("claudometer.telemetry");
  private static final int MOST_BODIES = 1_000;
  private static final long MOST_BYTES = 16 << 20;
  private static final int ATTEMPTS = 6;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Set<Integer> AGAIN = Set.of(429, 502, 503, 504);

  private final String collector;
  private final Duration pause;
  private final HttpClient client;
  private final String mark = "claudometer-" + UUID.randomUUID();
  private final Deque<Sent> waiting = new ArrayDeque<>();
  private final Set<String> refusals = new HashSet<>();
  private final Thread thread;
  private long bytes;
  private boolean ended;
  private Tally tally = new Tally(0, 0, 0);
  private long missed;

  /// What became of what was to be sent on.
  ///
  /// @param taken bodies that the collector has taken
  /// @param failed bodies that it has refused, or not taken however often they were sent
  /// @param dropped bodies that there was no room for
  public record Tally(long taken, long failed, long dropped) {}

  private PassThrough(URI collector, Duration pause) {
    this.collector = collector.toString().replaceFirst("/+$", "");
    this.pause = pause;
    client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    thread = Thread.ofVirtual().name("telemetry-onward").unstarted(this::work);
  }

  /// Begins to send.
  ///
  /// @param collector below which the paths are, as clients would have it in
  ///   `OTEL_EXPORTER_OTLP_ENDPOINT`
  public static PassThrough to(URI collector) {
    LOG.log(INFO, "telemetry is sent on to " + collector + ", as clients send it");
    return to(collector, Duration.ofSeconds(1));
  }

  /// @param pause before the second attempt; the next ones wait twice as long each
  static PassThrough to(URI collector, Duration pause) {
    var onward = new PassThrough(collector, pause);
    onward.thread.start();
    return onward;
  }

  @Override
  public void pass(Sent body) {
    if (body.via().contains(mark)) {
      return;
    }
    synchronized (this) {
      if (ended || waiting.size() >= MOST_BODIES || bytes + body.bytes().size() > MOST_BYTES) {
        tally = new Tally(tally.taken, tally.failed, tally.dropped + 1);
        missed("too much waits for it");
        return;
      }
      waiting.addLast(body);
      bytes += body.bytes().size();
      notifyAll();
    }
  }

  public synchronized Tally tally() {
    return tally;
  }

  private void work() {
    try {
      for (Sent body = next(); body != null; body = next()) {
        deliver(body);
      }
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Sent next() throws InterruptedException {
    while (waiting.isEmpty()) {
      wait();
    }
    return waiting.removeFirst();
  }

  private void deliver(Sent body) throws InterruptedException {
    Duration wait = pause;
    Attempt attempt = attempt(body);
    for (int i = 1; i < ATTEMPTS && attempt.later(); i++) {
      Thread.sleep(wait);
      wait = wait.multipliedBy(2);
      attempt = attempt(body);
    }
    outcome(body, attempt);
  }

  /// @param why the collector has not taken it; empty where it has
  /// @param later whether it may take it later
  private record Attempt(String why, boolean later) {}

  private Attempt attempt(Sent body) throws InterruptedException {
    try {
      int status = client.send(request(body), BodyHandlers.discarding()).statusCode();
      return status / 100 == 2
          ? new Attempt("", false)
          : new Attempt("it answers with " + status, AGAIN.contains(status));
    } catch (IOException failure) {
      return new Attempt("it cannot be reached", true);
    } catch (IllegalArgumentException unusable) {
      return new Attempt("the path or a header cannot be sent", false);
    }
  }

  private HttpRequest request(Sent body) {
    var request =
        HttpRequest.newBuilder(URI.create(collector + body.path()))
            .timeout(PATIENCE)
            .header("Content-Type", body.contentType())
            .header("Via", (body.via().isEmpty() ? "" : body.via() + ", ") + "1.1 " + mark)
            .POST(BodyPublishers.ofByteArray(body.bytes().toByteArray()));
    if (body.encoding() != null) {
      request.header("Content-Encoding", body.encoding());
    }
    return request.build();
  }

  private synchronized void outcome(Sent body, Attempt last) {
    bytes -= body.bytes().size();
    if (last.later()) {
      tally = new Tally(tally.taken, tally.failed + 1, tally.dropped);
      missed(last.why());
    } else if (!last.why().isEmpty()) {
      tally = new Tally(tally.taken, tally.failed + 1, tally.dropped);
      refused(last.why());
    } else {
      tally = new Tally(tally.taken + 1, tally.failed, tally.dropped);
      taken();
    }
  }

  private void taken() {
    if (missed > 0) {
      LOG.log(WARNING, collector + " takes telemetry again; bodies that it has missed: " + missed);
      missed = 0;
    }
  }

  /// Says it once in an outage.
  private void missed(String why) {
    missed++;
    if (missed == 1) {
      LOG.log(
          WARNING,
          "telemetry is not taken by "
              + collector
              + ": "
              + why
              + "; what it misses is dropped, and is stored here all the same");
    }
  }

  /// Says it once: a collector that has no use for a signal refuses each of its bodies.
  private void refused(String why) {
    if (refusals.add(why)) {
      LOG.log(WARNING, "telemetry is refused by " + collector + ": " + why);
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      ended = true;
      waiting.clear();
    }
    thread.interrupt();
    client.shutdownNow();
  }
}
