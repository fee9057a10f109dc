package dev.claudometer.app.server;

import dev.claudometer.app.Databases;
import dev.claudometer.app.process.PriceBooks;
import dev.claudometer.app.process.Started;
import dev.claudometer.app.process.StateDirectory;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.ingest.Committer;
import dev.claudometer.server.api.Options;
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
    var store = new SqlStore(database, prices::book);
    store.reprice(prices.fingerprint());
    var committer = parts.keep(new Committer(store, MOST_WAITING));
    return new ServerData(database, store, new SqlRegistry(database), committer, prices, state);
  }

  Options.Stores stores() {
    return new Options.Stores(
        store,
        new SqlBilling(database),
        new SqlReadings(database),
        registry,
        committer,
        database::bytes);
  }

  Options.Pricing pricing() {
    return new Options.Pricing(prices::book, prices::updated, new PriceShelf(state, prices, store));
  }

  void reprice() {
    store.reprice(prices.reread());
  }
}
