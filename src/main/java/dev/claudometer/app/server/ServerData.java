package dev.claudometer.app.server;

import dev.claudometer.app.Databases;
import dev.claudometer.app.process.PriceBooks;
import dev.claudometer.app.process.Started;
import dev.claudometer.app.process.StateDirectory;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.ingest.Committer;
import dev.claudometer.server.api.Options;
import dev.claudometer.server.api.StoreWatch;
import dev.claudometer.store.registry.Registry;
import dev.claudometer.store.sql.SqlStore;
import dev.claudometer.store.sql.bill.SqlBilling;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.quota.SqlReadings;
import dev.claudometer.store.sql.registry.SqlRegistry;
import org.jspecify.annotations.Nullable;

/// What a server holds: its database, the stores in it, the prices, and the one gate into it.
record ServerData(
    Database database,
    SqlStore store,
    Registry registry,
    Committer committer,
    StoreWatch watch,
    PriceBooks prices,
    StateDirectory state) {

  private static final long MOST_WAITING = 60_000;

  /// Opens it, and prices what is stored by the prices in force.
  ///
  /// @param parts end what is opened
  /// @param url null for the file of Claudometer's own
  static ServerData open(@Nullable String url, Surroundings surroundings, Started parts) {
    StateDirectory state = StateDirectory.of(surroundings);
    PriceBooks prices = PriceBooks.of(surroundings);
    Database database = parts.keep(Databases.open(url, state));
    var seen = new LastSeen(state);
    database.rollbacks().reached(seen.read());
    var registry = new SqlRegistry(database);
    var store = SqlStore.keepingSums(database, prices::book, forSums());
    var committer = parts.keep(new Committer(store, MOST_WAITING));
    var watch =
        parts.keep(
            new StoreWatch(
                store,
                registry,
                surroundings.clock(),
                committer::failure,
                () -> seen.write(database.rollbacks().known())));
    store.reprice(prices.fingerprint());
    return new ServerData(database, store, registry, committer, watch, prices, state);
  }

  Options.Stores stores() {
    return new Options.Stores(
        store,
        new SqlBilling(database),
        new SqlReadings(database),
        registry,
        committer,
        database::bytes,
        watch);
  }

  Options.Pricing pricing() {
    return new Options.Pricing(prices::book, prices::updated, new PriceShelf(state, prices, store));
  }

  void reprice() {
    store.reprice(prices.reread());
  }

  /// An eighth of the heap.
  private static long forSums() {
    return Runtime.getRuntime().maxMemory() / 8;
  }
}
