package dev.claudometer.store.sql;

import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.Ledger;
import dev.claudometer.store.sql.engine.SumRevisions;
import java.sql.SQLException;
import java.util.List;

/// Deletes all usage. Used within a transaction.
final class Clearing {

  private static final List<String> TABLES =
      List.of(
          "event_row",
          "event_copy",
          "call",
          "forgotten",
          "rollup",
          "rollup_time",
          "rollup_day",
          "rollup_session",
          "activity",
          "session_total",
          "session_total_model",
          "session_part",
          "transcript",
          "limit_stretch",
          "limit_latest",
          "credit_reading");

  private final Database database;
  private final Ledger ledger;
  private final SumRevisions revisions;

  Clearing(Database database, Ledger ledger) {
    this.database = database;
    this.ledger = ledger;
    revisions = new SumRevisions(database, ledger);
  }

  /// Deletes it.
  ///
  /// @return how many rows were deleted
  long run() throws SQLException {
    long rows = 0;
    for (String table : TABLES) {
      rows += database.update("DELETE FROM " + table);
    }
    // meters begin anew, and whoever has read them learns of it by the revision
    database.update("UPDATE meter SET amount = 0, most = 0, revision = ?", ledger.next());
    revisions.all();
    return rows;
  }
}
