package dev.claudometer.store.sqlite;

import java.util.ArrayList;
import java.util.List;

/// Proves that the rollups are the sum of the events, or says where they are not.
final class Verification {

  private static final String FROM_EVENTS =
      """
      SELECT CAST(FLOOR(at / 900000.0) AS INTEGER) AS quarter, session, project, model,
        COUNT(*), SUM(stop_reason IS NULL), SUM(booked IS NULL), SUM(input), SUM(output),
        SUM(cache_write_5m), SUM(cache_write_1h), SUM(cache_read), SUM(web_searches),
        SUM(web_fetches), SUM(COALESCE(booked, 0)), SUM(COALESCE(reported, 0)),
        SUM(COALESCE(reported, booked, 0))
      FROM event WHERE counted = 1 GROUP BY 1, 2, 3, 4""";

  private static final String FROM_ROLLUP =
      """
      SELECT quarter, session, project, model, responses, unfinalised, unpriced, input, output,
        cache_write_5m, cache_write_1h, cache_read, web_searches, web_fetches, calculated,
        reported, automatic
      FROM rollup""";

  private final Database database;

  Verification(Database database) {
    this.database = database;
  }

  List<String> problems() {
    var problems = new ArrayList<String>();
    for (String answer : database.query("PRAGMA integrity_check", row -> row.getString(1))) {
      if (!answer.equals("ok")) {
        problems.add("SQLite: " + answer);
      }
    }
    difference(problems, FROM_EVENTS, FROM_ROLLUP, "events that the rollup does not sum");
    difference(problems, FROM_ROLLUP, FROM_EVENTS, "sums in the rollup that no events make");
    return problems;
  }

  private void difference(List<String> problems, String left, String right, String what) {
    long rows = database.number("SELECT COUNT(*) FROM (" + left + " EXCEPT " + right + ")");
    if (rows > 0) {
      problems.add(rows + " quarter hours hold " + what);
    }
  }
}
