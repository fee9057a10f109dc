package dev.claudometer.agent.forward;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.claudometer.agent.forward.ServerLink.Answer;
import dev.claudometer.model.Cause;
import dev.claudometer.store.StoreException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Forwards again and again until it is closed: when it is time, sooner when much waits or somebody
/// looks on, later after failures.
public final class Forwarding implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("claudometer.forward");

  /// As many are not left to wait.
  private static final long MANY = 500;

  private final Forwarder forwarder;
  private final Destination destination;
  private final Duration interval;
  private final boolean live;
  private final Consumer<Report> reports;
  private final Backoff backoff;
  private final Thread thread;
  private long dueNanos = System.nanoTime();

  /// Starts.
  ///
  /// @param interval between rounds while nothing fails
  /// @param live whether every change is sent at once
  /// @param reports is told of each round, on the forwarding thread
  public Forwarding(
      Forwarder forwarder,
      Destination destination,
      Duration interval,
      boolean live,
      Consumer<Report> reports,
      RandomGenerator random) {
    this.forwarder = forwarder;
    this.destination = destination;
    this.interval = interval;
    this.live = live;
    this.reports = reports;
    this.backoff = new Backoff(random);
    thread = Thread.ofPlatform().daemon().name("forward").start(this::run);
  }

  /// How a round ended.
  ///
  /// @param failures in a row, 0 where it did not fail
  /// @param next when the next one is
  public record Report(Answer answer, int failures, Duration next) {}

  /// The store has changed. After a failure that is no reason to try again sooner.
  public void changed() {
    if (calm() && (live || destination.lacks(MANY))) {
      schedule(Duration.ZERO);
    }
  }

  private synchronized boolean calm() {
    return backoff.failures() == 0;
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        awaitDue();
        Report report = reported(round());
        reports.accept(report);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void awaitDue() throws InterruptedException {
    long left = dueNanos - System.nanoTime();
    while (left > 0) {
      wait(left / 1_000_000 + 1);
      left = dueNanos - System.nanoTime();
    }
    // what is scheduled during the round is not forgotten
    dueNanos = System.nanoTime() + interval.toNanos();
  }

  private Answer round() throws InterruptedException {
    try {
      return forwarder.round();
    } catch (StoreException failure) {
      return new Answer.NotNow(Cause.of(failure).words(), null);
    }
  }

  private synchronized Report reported(Answer answer) {
    int before = backoff.failures();
    Duration next =
        switch (answer) {
          case Answer.Taken _ -> {
            backoff.succeeded();
            yield interval;
          }
          case Answer.NotNow(_, Duration retryAfter) -> backoff.failed(retryAfter);
          case Answer.KeyRefused _, Answer.TooLarge _ -> backoff.failed(null);
        };
    if (backoff.failures() > 0) {
      dueNanos = System.nanoTime() + next.toNanos();
    }
    var report = new Report(answer, backoff.failures(), next);
    log(report, before);
    return report;
  }

  private static void log(Report report, int before) {
    String why =
        switch (report.answer()) {
          case Answer.Taken _ -> "";
          case Answer.NotNow(String reason, _) -> reason;
          case Answer.KeyRefused(String reason) -> reason;
          case Answer.TooLarge(String reason) -> reason;
        };
    if (!why.isEmpty()) {
      LOG.log(WARNING, "not sent: {0}; again in {1} s", why, report.next().toSeconds());
    } else if (before > 0) {
      LOG.log(INFO, "the server takes deliveries again");
    }
  }

  private synchronized void schedule(Duration in) {
    long at = System.nanoTime() + in.toNanos();
    if (at - dueNanos < 0) {
      dueNanos = at;
      notifyAll();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
