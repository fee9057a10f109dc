package dev.claudometer.store.sql.engine;

import dev.claudometer.store.FleetQueries.Standing;
import java.sql.SQLException;
import java.time.Instant;

/// The store's one row of book-keeping: the revision of its last change, and how far back its
/// events reach. Used within a transaction.
public final class Ledger {

  private final Database database;
  private long revision;

  public Ledger(Database database) {
    this.database = database;
  }

  /// Takes up where the last transaction, of whichever server, has ended.
  public void open() {
    revision = database.number("SELECT revision FROM ledger");
  }

  /// The revision of the next change.
  public long next() {
    return ++revision;
  }

  public void close() throws SQLException {
    database.update("UPDATE ledger SET revision = ?", revision);
  }

  public Standing standing() {
    return database
        .query(
            "SELECT store, revision, COALESCE(horizon, 0) FROM ledger",
            row ->
                new Standing(
                    row.getString(1), row.getLong(2), Instant.ofEpochMilli(row.getLong(3))))
        .getFirst();
  }

  /// Events before this instant may have been forgotten.
  public Instant horizon() {
    return standing().horizon();
  }

  public void horizon(Instant at) throws SQLException {
    database.update(
        "UPDATE ledger SET horizon = ? WHERE horizon IS NULL OR horizon < ?",
        at.toEpochMilli(),
        at.toEpochMilli());
  }
}
