package dev.claudometer.store.sql;

import dev.claudometer.store.FleetQueries.Standing;
import java.sql.SQLException;
import java.time.Instant;

/// The store's one row of book-keeping: the revision of its last change, and how far back its
/// events reach. Used within a transaction.
final class Ledger {

  private final Database database;
  private long revision;

  Ledger(Database database) {
    this.database = database;
  }

  /// Takes up where the last transaction, of whichever server, has ended.
  void open() {
    revision = database.number("SELECT revision FROM ledger");
  }

  /// The revision of the next change.
  long next() {
    return ++revision;
  }

  void close() throws SQLException {
    database.update("UPDATE ledger SET revision = ?", revision);
  }

  Standing standing() {
    return database
        .query(
            "SELECT store, revision, COALESCE(horizon, 0) FROM ledger",
            row ->
                new Standing(
                    row.getString(1), row.getLong(2), Instant.ofEpochMilli(row.getLong(3))))
        .getFirst();
  }

  /// Events before this instant may have been forgotten.
  Instant horizon() {
    return standing().horizon();
  }

  void horizon(Instant at) throws SQLException {
    database.update(
        "UPDATE ledger SET horizon = ? WHERE horizon IS NULL OR horizon < ?",
        at.toEpochMilli(),
        at.toEpochMilli());
  }
}
