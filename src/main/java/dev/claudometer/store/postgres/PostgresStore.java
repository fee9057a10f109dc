package dev.claudometer.store.postgres;

import dev.claudometer.store.sql.engine.Database;

/// Opens stores that are a PostgreSQL database.
public final class PostgresStore {

  private PostgresStore() {}

  /// Opens a database, and makes its tables where there are none.
  ///
  /// @param url `postgresql://name:password@host:5432/database`, with the parameters that the JDBC
  ///   driver knows
  /// @throws dev.claudometer.store.StoreException where the database cannot be used
  public static Database database(String url) {
    return Database.open(PostgresDialect.connect(url));
  }
}
