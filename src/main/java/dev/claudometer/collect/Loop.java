package dev.claudometer.collect;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Runs a round again and again on one thread, a pause after each.
public final class Loop implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("claudometer.collect");
  private static final Duration FAREWELL = Duration.ofSeconds(10);

  private final String name;
  private final Round round;
  private final ScheduledExecutorService timer;

  /// Starts with the first round.
  ///
  /// @param name of what is collected, for the log
  public Loop(String name, Duration pause, Round round) {
    this.name = name;
    this.round = round;
    timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(name).factory());
    var _ = timer.scheduleWithFixedDelay(this::run, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// What is done each time.
  public interface Round {
    void run() throws InterruptedException;
  }

  private void run() {
    try {
      round.run();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failure) {
      LOG.log(
          System.Logger.Level.ERROR,
          name + " failed; the next round continues from there",
          failure);
    }
  }

  /// Ends the round that runs: what it has stored stays.
  @Override
  public void close() {
    timer.shutdownNow();
    try {
      timer.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }
}
