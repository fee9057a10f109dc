package dev.claudometer.store.sql.engine;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/// When sums changed last, by day and by sessions: who remembers some of them learns here whether
/// they are still as the store has them. Used within a transaction.
public final class SumRevisions {

  public static final int DAYS = 1;
  public static final int SESSIONS = 2;

  /// So many numbers of sessions are one block: new sessions have numbers that follow each other.
  public static final int SESSIONS_IN_A_BLOCK = 256;

  private static final String PUT =
      """
      INSERT INTO sum_revision (kind, block, revision) VALUES (?, ?, ?)
      ON CONFLICT (kind, block) DO UPDATE SET revision = excluded.revision\
      """;

  /// Every block that there is.
  private static final String FILL =
      """
      INSERT INTO sum_revision (kind, block, revision)
      SELECT kind, block, ledger.revision FROM ledger, (SELECT DISTINCT 1 AS kind, day AS block
        FROM rollup_day UNION SELECT DISTINCT 2, session / %d FROM rollup_session) AS blocks
      WHERE 1 = 1 ON CONFLICT (kind, block) DO UPDATE SET revision = excluded.revision\
      """
          .formatted(SESSIONS_IN_A_BLOCK);

  private static final String OF_DEVICE =
      """
      UPDATE sum_revision SET revision = ? WHERE kind = 1 AND block IN
        (SELECT day FROM rollup_day WHERE device = ?) OR kind = 2 AND block IN
        (SELECT session / %d FROM rollup_session WHERE device = ?)\
      """
          .formatted(SESSIONS_IN_A_BLOCK);

  private final Database database;
  private final Ledger ledger;
  private final Set<Long> days = new HashSet<>();
  private final Set<Long> sessions = new HashSet<>();

  public SumRevisions(Database database, Ledger ledger) {
    this.database = database;
    this.ledger = ledger;
  }

  /// A sum of this UTC day changes.
  public void day(long day) {
    days.add(day);
  }

  /// A sum of this session changes.
  public void session(long number) {
    sessions.add(number / SESSIONS_IN_A_BLOCK);
  }

  /// Writes what has been collected.
  public void flush() throws SQLException {
    if (days.isEmpty() && sessions.isEmpty()) {
      return;
    }
    long revision = ledger.current();
    for (long day : days) {
      put(DAYS, day, revision);
    }
    for (long block : sessions) {
      put(SESSIONS, block, revision);
    }
    forget();
  }

  private void put(int kind, long block, long revision) throws SQLException {
    PreparedStatement put = database.statement(PUT);
    put.setLong(1, kind);
    put.setLong(2, block);
    put.setLong(3, revision);
    database.session().put(put);
  }

  public void forget() {
    days.clear();
    sessions.clear();
  }

  /// All sums change.
  public void all() throws SQLException {
    database.update("UPDATE sum_revision SET revision = ?", ledger.current());
  }

  /// Sums of a device change: call it while they are still there.
  public void ofDevice(long device) throws SQLException {
    database.update(OF_DEVICE, ledger.current(), device, device);
  }

  /// Sums were made anew.
  static void fill(Database database) throws SQLException {
    database.update(FILL);
  }
}
