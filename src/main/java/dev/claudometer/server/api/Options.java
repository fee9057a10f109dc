package dev.claudometer.server.api;

import dev.claudometer.export.scrape.Collector;
import dev.claudometer.ingest.Committer;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.server.auth.Guests;
import dev.claudometer.server.auth.Identities;
import dev.claudometer.server.auth.Passwords;
import dev.claudometer.server.auth.RateLimits;
import dev.claudometer.server.auth.Sightings;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.bill.Billing;
import dev.claudometer.store.poll.Readings;
import dev.claudometer.store.registry.Registry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// What the API is made from, by concern.
public record Options(Stores stores, Pricing pricing, Entrance entrance, Running running) {

  /// What is stored, and the gate into it.
  ///
  /// @param bytes what the database takes on disk
  /// @param watch whether something can be stored
  public record Stores(
      UsageStore usage,
      Billing billing,
      Readings readings,
      Registry registry,
      Committer committer,
      LongSupplier bytes,
      StoreWatch watch) {}

  /// The prices in force.
  ///
  /// @param updated when they were published or replaced
  public record Pricing(Supplier<PriceBook> book, Supplier<Instant> updated, PriceKeeper keeper) {}

  /// Who may come in, and how often.
  ///
  /// @param openRegistration whether peers' daemons may register without a code
  public record Entrance(
      Identities identities,
      Guests guests,
      Sightings sightings,
      RateLimits limits,
      Passwords passwords,
      boolean openRegistration) {}

  /// The process that answers.
  ///
  /// @param redis how the shared cache is, as the health answer says it
  /// @param knownLines whether a transcript line's type is one that we know
  /// @param collectors what else a scrape tells
  public record Running(
      InstantSource clock,
      String version,
      LogPage.Source log,
      Backups backups,
      HotAnswers hot,
      Supplier<Map<String, Object>> redis,
      Predicate<String> knownLines,
      List<Collector> collectors) {}
}
