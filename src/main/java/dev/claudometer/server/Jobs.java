package dev.claudometer.server;

import dev.claudometer.export.fleet.ActiveSessions;
import dev.claudometer.model.Cause;
import dev.claudometer.server.api.Settings;
import dev.claudometer.store.Upkeep;
import dev.claudometer.store.registry.Registry;
import dev.claudometer.store.registry.Registry.Deed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// What has to be done from time to time, by one of all servers on a database.
public final class Jobs implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("claudometer.jobs");
  private static final Duration EVERY = Duration.ofHours(1);
  private static final Duration SESSIONS = Duration.ofMinutes(1);

  private final String holder = UUID.randomUUID().toString();
  private final Upkeep store;
  private final Registry registry;
  private final Settings settings;
  private final Runnable prices;
  private final InstantSource clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("jobs").factory());

  /// @param prices takes up prices that have changed
  public Jobs(Upkeep store, Registry registry, Runnable prices, InstantSource clock) {
    this.store = store;
    this.prices = prices;
    this.registry = registry;
    this.clock = clock;
    settings = new Settings(registry);
    var _ = timer.scheduleWithFixedDelay(this::run, 1, EVERY.toMinutes(), TimeUnit.MINUTES);
    var _ =
        timer.scheduleWithFixedDelay(
            this::observeSessions, 5, SESSIONS.toSeconds(), TimeUnit.SECONDS);
  }

  /// Runs what is due, if no other server is the one who does.
  void run() {
    Instant now = clock.instant();
    try {
      prices.run();
      if (registry.lease("hourly", holder, now, EVERY.multipliedBy(2))) {
        registry.credentials().sweep(now);
        forget(now);
      }
    } catch (RuntimeException failure) {
      LOG.log(System.Logger.Level.ERROR, "a job failed, it is tried again in an hour", failure);
    }
  }

  /// Whichever server is first observes them.
  private void observeSessions() {
    try {
      store.observeEnded(clock.instant().minus(ActiveSessions.SILENCE));
    } catch (RuntimeException failure) {
      LOG.log(System.Logger.Level.WARNING, "sessions were not observed: " + Cause.of(failure));
    }
  }

  private void forget(Instant now) {
    Integer days = settings.retentionDays();
    if (days != null) {
      long deleted = store.forget(now.minus(Duration.ofDays(days)));
      if (deleted > 0) {
        registry.change(
            new Deed("server", "", "retention.run", days + " days", deleted + " responses", now),
            () -> deleted);
      }
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
