package dev.claudometer.store.sql.engine;

import dev.claudometer.model.DeviceId;
import dev.claudometer.store.FleetQueries.Standing;
import dev.claudometer.store.sql.engine.Rollbacks.Point;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/// The store's one row of book-keeping: the revision of its last change, and how far back its
/// events reach. Used within a transaction.
public final class Ledger {

  private final Database database;
  private String store = "";
  private long revision;
  private long opened;
  private long generation;
  private Point left = new Point("", -1, -1);
  private boolean asLeft;

  public Ledger(Database database) {
    this.database = database;
  }

  /// Takes up where the last transaction, of whichever server, has ended.
  public void open() {
    Point now =
        database
            .query(
                "SELECT store, revision, generation FROM ledger",
                row -> new Point(row.getString(1), row.getLong(2), row.getLong(3)))
            .getFirst();
    asLeft = now.equals(left);
    generation = database.rollbacks().look(now);
    store = now.store();
    revision = now.revision();
    opened = revision;
  }

  /// A machine was told that more of it is stored than there is.
  ///
  /// @param told the generation when it was told
  public void lost(DeviceId device, long told) {
    generation = database.rollbacks().lost(device, told, generation);
  }

  /// Whether nobody has changed anything since this process's last transaction.
  public boolean asLeft() {
    return asLeft;
  }

  /// The revision of the next change.
  public long next() {
    return ++revision;
  }

  /// The revision of what has been changed last: later than that of every transaction before.
  public long current() {
    return revision > opened ? revision : next();
  }

  public void close() throws SQLException {
    database.update("UPDATE ledger SET revision = ?, generation = ?", revision, generation);
  }

  /// What was closed is stored.
  public void committed() {
    left = new Point(store, revision, generation);
    database.rollbacks().committed(left);
  }

  /// Tables were missing, and have been made anew: everybody has to tell again what was in them.
  void lost(List<String> tables) throws SQLException {
    open();
    generation = database.rollbacks().lost(tables, generation);
    close();
  }

  public Standing standing() {
    return database
        .query(
            "SELECT store, revision, COALESCE(horizon, 0), generation FROM ledger",
            row ->
                new Standing(
                    row.getString(1),
                    row.getLong(2),
                    Instant.ofEpochMilli(row.getLong(3)),
                    row.getLong(4)))
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
