package dev.claudometer.store.sql;

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

  /// Events before this instant may have been forgotten.
  Instant horizon() {
    return database
        .query(
            "SELECT horizon FROM ledger WHERE horizon IS NOT NULL",
            row -> Instant.ofEpochMilli(row.getLong(1)))
        .stream()
        .findFirst()
        .orElse(Instant.EPOCH);
  }

  void horizon(Instant at) throws SQLException {
    database.update(
        "UPDATE ledger SET horizon = ? WHERE horizon IS NULL OR horizon < ?",
        at.toEpochMilli(),
        at.toEpochMilli());
  }
}
