package dev.claudometer.store.sql.engine;

import java.sql.SQLException;

/// Makes the sums of the events that are there. Sums of events that retention has deleted stay.
/// Used within a transaction.
final class SumRebuild {

  private static final long QUARTER_MILLIS = 900_000;

  private final Database database;

  SumRebuild(Database database) {
    this.database = database;
  }

  void run() throws SQLException {
    long horizon = database.number("SELECT COALESCE(horizon, -1) FROM ledger");
    long quarter = horizon < 0 ? Long.MIN_VALUE : Math.ceilDiv(horizon, QUARTER_MILLIS);
    database.update("DELETE FROM rollup WHERE quarter >= ?", quarter);
    fill(
        "rollup",
        "quarter, session, project, model, branch, device",
        "SELECT CAST(FLOOR(at / 900000.0) AS INTEGER) AS quarter, session, project, model, branch,"
            + " device, "
            + SumColumns.OF_EVENTS
            + " FROM event WHERE counted = 1 AND at >= "
            + (horizon < 0 ? Long.MIN_VALUE / 2 : quarter * QUARTER_MILLIS)
            + " GROUP BY 1, 2, 3, 4, 5, 6");
    again("rollup_time", "quarter", "quarter");
    again(
        "rollup_day",
        "day, project, model, branch, device",
        "CAST(FLOOR(quarter / 96.0) AS INTEGER) AS day, project, model, branch, device");
    again(
        "rollup_session",
        "session, project, model, branch, device",
        "session, project, model, branch, device");
    spans();
    SumRevisions.fill(database);
    // meters follow when the store is opened
    database.update("UPDATE ledger SET metered = 0");
  }

  private void again(String table, String columns, String by) throws SQLException {
    database.update("DELETE FROM " + table);
    int width = columns.split(",", -1).length;
    var positions = new StringBuilder("1");
    for (int i = 2; i <= width; i++) {
      positions.append(", ").append(i);
    }
    fill(
        table,
        columns,
        "SELECT " + by + ", " + SumColumns.SUMS + " FROM rollup GROUP BY " + positions);
  }

  private void fill(String table, String columns, String select) throws SQLException {
    database.update(
        "INSERT INTO " + table + " (" + columns + ", " + SumColumns.EACH + ") " + select);
  }

  /// Of its events; where none is left, of the quarter hours that it was active in.
  private void spans() throws SQLException {
    String same =
        " AND %1$s.session = s.session AND %1$s.project = s.project AND %1$s.model = s.model"
            + " AND %1$s.branch = s.branch AND %1$s.device = s.device";
    String events = " FROM event AS e WHERE e.counted = 1" + same.formatted("e");
    String quarters = " FROM rollup AS q WHERE 1 = 1" + same.formatted("q");
    database.update(
        "UPDATE rollup_session AS s SET first_at = COALESCE((SELECT MIN(e.at)"
            + events
            + "), (SELECT MIN(q.quarter) * 900000"
            + quarters
            + ")), last_at = COALESCE((SELECT MAX(e.at)"
            + events
            + "), (SELECT MAX(q.quarter) * 900000"
            + quarters
            + "))");
  }
}
