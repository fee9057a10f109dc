package dev.claudometer.store.sqlite;

import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.sql.SqlStore;
import dev.claudometer.store.sql.engine.Database;
import java.nio.file.Path;
import java.util.function.Supplier;

/// Opens stores that are one SQLite file.
public final class SqliteStore {

  private SqliteStore() {}

  /// Opens a store, and makes it where there is none.
  ///
  /// @param prices asked only when events are priced
  /// @throws dev.claudometer.store.StoreException where the file cannot be used
  public static UsageStore open(Path file, Supplier<PriceBook> prices) {
    return new SqlStore(database(file, Durability.PROCESS), prices);
  }

  /// Opens the database alone.
  public static Database database(Path file, Durability durability) {
    return Database.open(new SqliteDialect(file, durability));
  }
}
