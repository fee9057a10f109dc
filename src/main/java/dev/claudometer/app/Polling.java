package dev.claudometer.app;

import dev.claudometer.app.config.OrganizationSettings;
import dev.claudometer.app.process.Started;
import dev.claudometer.collect.Loop;
import dev.claudometer.collect.PollLog;
import dev.claudometer.collect.QuotaPoll;
import dev.claudometer.model.DeviceId;
import dev.claudometer.source.adminapi.AdminKey;
import dev.claudometer.store.registry.Registry;
import dev.claudometer.store.sql.bill.SqlBilling;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.quota.SqlReadings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What a server asks others for from time to time, where that is configured.
public final class Polling implements AutoCloseable {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /// How long another server waits for one that has vanished.
  private static final Duration LEASE = Duration.ofMinutes(5);

  private final Database database;
  private final Registry registry;
  private final InstantSource clock;
  private final String holder = UUID.randomUUID().toString();
  private final Started parts = new Started(PollLog.log("collect")::failed);

  public Polling(Database database, Registry registry, InstantSource clock) {
    this.database = database;
    this.registry = registry;
    this.clock = clock;
  }

  /// The organisation's bills, if there is a key.
  public void organization(OrganizationSettings settings) {
    Instant since = OrganizationPolling.usualSince(clock.instant());
    organization(settings, since, _ -> {});
  }

  /// The same: one of all processes on a database asks.
  ///
  /// @param since how far back history is asked for at first
  /// @param took is told how long each round took
  public void organization(OrganizationSettings settings, Instant since, Consumer<Duration> took) {
    AdminKey key = settings.key();
    if (key == null) {
      return;
    }
    var polling =
        OrganizationPolling.of(
            settings, key, new SqlBilling(database), clock, PollLog.log("org"), since);
    parts.keep(polling);
    // whoever comes next need not wait for the lease to end
    parts.keep(() -> registry.lease("org", holder, clock.instant(), Duration.ZERO));
    parts.keep(
        new Loop(
            "org",
            settings.pause(),
            () -> {
              if (registry.lease("org", holder, clock.instant(), LEASE)) {
                long began = System.nanoTime();
                polling.run();
                took.accept(Duration.ofNanos(System.nanoTime() - began));
              }
            }));
  }

  /// Quotas of this machine.
  ///
  /// @param device its id, asked for where there is a source
  public void limits(LimitSources sources, Supplier<DeviceId> device) {
    parts.keep(sources);
    if (!sources.asked().isEmpty()) {
      var poll =
          new QuotaPoll(
              sources.asked(),
              new SqlReadings(database),
              device.get(),
              clock,
              PollLog.log("limits"));
      parts.keep(new Loop("limits", MINUTE, poll::run));
    }
  }

  /// Ends the loops before what they use.
  @Override
  public void close() {
    parts.close();
  }
}
