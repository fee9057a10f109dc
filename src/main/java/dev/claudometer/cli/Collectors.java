package dev.claudometer.cli;

import dev.claudometer.cli.surroundings.Failed;
import dev.claudometer.collect.Diary;
import dev.claudometer.collect.Loop;
import dev.claudometer.collect.QuotaPoll;
import dev.claudometer.source.adminapi.AdminKey;
import dev.claudometer.store.registry.Registry;
import dev.claudometer.store.sql.Database;
import dev.claudometer.store.sql.SqlBilling;
import dev.claudometer.store.sql.SqlReadings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.function.Supplier;

/// What a server asks others for from time to time, where that is configured.
final class Collectors implements AutoCloseable {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /// How long another server waits for one that has vanished.
  private static final Duration LEASE = Duration.ofMinutes(5);

  private final Database database;
  private final Registry registry;
  private final InstantSource clock;
  private final String holder = UUID.randomUUID().toString();
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  Collectors(Database database, Registry registry, InstantSource clock) {
    this.database = database;
    this.registry = registry;
    this.clock = clock;
  }

  /// The organisation's bills, if there is a key: one of all servers on a database asks.
  void organization(OrganizationSettings settings) {
    AdminKey key = settings.key();
    if (key == null) {
      return;
    }
    var polling =
        OrganizationPolling.of(
            settings,
            key,
            new SqlBilling(database),
            clock,
            Diary.log("org"),
            OrganizationPolling.usualSince(clock.instant()));
    parts.push(polling);
    parts.push(
        new Loop(
            "org",
            settings.pause(),
            () -> {
              if (registry.lease("org", holder, clock.instant(), LEASE)) {
                polling.run();
              }
            }));
  }

  /// Quotas of this machine.
  ///
  /// @param device its id, asked for where there is a source
  void limits(LimitSources sources, Supplier<String> device) {
    parts.push(sources);
    if (!sources.asked().isEmpty()) {
      var poll =
          new QuotaPoll(
              sources.asked(), new SqlReadings(database), device.get(), clock, Diary.log("limits"));
      parts.push(new Loop("limits", MINUTE, poll::run));
    }
  }

  /// Ends the loops before what they use.
  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception failure) {
        throw new Failed("a collector did not end well: " + failure.getMessage(), failure);
      }
    }
  }
}
