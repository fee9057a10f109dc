package dev.claudometer.store.sql;

import dev.claudometer.store.meter.Meter;
import dev.claudometer.store.sql.bill.BucketTable;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.Ledger;
import dev.claudometer.store.sql.engine.SumColumns;
import dev.claudometer.store.sql.engine.SumRevisions;
import dev.claudometer.store.sql.sum.Rollups;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Proves that the rollups are the sum of the events, or says where they are not.
///
/// Quarter hours that retention has reached have no events to compare with; their sums by day and
/// by session are still compared.
final class Verification {

  private static final String SPLIT = "session, project, model, branch, device, ";

  private static final String EVENTS =
      "SELECT CAST(FLOOR(at / 900000.0) AS INTEGER) AS quarter, "
          + SPLIT
          + SumColumns.OF_EVENTS
          + " FROM event WHERE counted = 1 AND at >= %d GROUP BY 1, 2, 3, 4, 5, 6";

  private static final String QUARTERS =
      "SELECT quarter, " + SPLIT + SumColumns.EACH + " FROM rollup WHERE quarter >= %d";

  private static final String QUARTERS_BY_DAY =
      "SELECT CAST(FLOOR(quarter / 96.0) AS INTEGER) AS day, project, model, branch, device, "
          + SumColumns.SUMS
          + " FROM rollup GROUP BY 1, 2, 3, 4, 5";

  private static final String QUARTERS_BY_TIME =
      "SELECT quarter, " + SumColumns.SUMS + " FROM rollup GROUP BY 1";

  private static final String TIMES = "SELECT quarter, " + SumColumns.EACH + " FROM rollup_time";

  private static final String DAYS =
      "SELECT day, project, model, branch, device, " + SumColumns.EACH + " FROM rollup_day";

  private static final String QUARTERS_BY_SESSION =
      "SELECT " + SPLIT + SumColumns.SUMS + " FROM rollup GROUP BY 1, 2, 3, 4, 5";

  private static final String SESSIONS =
      "SELECT " + SPLIT + SumColumns.EACH + " FROM rollup_session";

  private static final String BLOCKS =
      "SELECT 1, day FROM rollup_day UNION SELECT 2, session / "
          + SumRevisions.SESSIONS_IN_A_BLOCK
          + " FROM rollup_session";

  private static final String SPANS_OF_EVENTS =
      "SELECT " + SPLIT + "MIN(at), MAX(at) FROM event WHERE counted = 1 GROUP BY 1, 2, 3, 4, 5";

  private static final String SPANS =
      "SELECT " + SPLIT + "first_at, last_at FROM rollup_session WHERE first_at >= %d";

  private static final String BILLED_TOTALS = billed("billed_total", "%1$s");

  private static final String BILLED_LINES =
      billed("billed_line", "SUM(%1$s)") + " GROUP BY report, member";

  private static final String BILLED_DAYS =
      "SELECT report, day, " + BucketTable.COLUMNS + " FROM billed_day WHERE dimension = 0";

  private static final String BILLED_DAYS_OF_LINES =
      BucketTable.MEASURES.stream()
          .map(BucketTable::column)
          .map(BucketTable::known)
          .collect(
              Collectors.joining(
                  ", ",
                  "SELECT report, starts_at / 86400000, ",
                  " FROM billed_line GROUP BY 1, 2"));

  private final Database database;
  private final Ledger ledger;
  private final List<String> problems = new ArrayList<>();

  Verification(Database database, Ledger ledger) {
    this.database = database;
    this.ledger = ledger;
  }

  List<String> problems() {
    problems.addAll(database.problems());
    long quarter = Math.ceilDiv(ledger.horizon().toEpochMilli(), Rollups.QUARTER_MILLIS);
    long since = quarter * Rollups.QUARTER_MILLIS;
    compare(EVENTS.formatted(since), QUARTERS.formatted(quarter), "quarter hours", "events");
    compare(QUARTERS_BY_DAY, DAYS, "days", "quarter hours");
    compare(QUARTERS_BY_TIME, TIMES, "quarter hours of everything", "quarter hours");
    compare(QUARTERS_BY_SESSION, SESSIONS, "sessions", "quarter hours");
    count(BLOCKS, "SELECT kind, block FROM sum_revision", "%d blocks of sums have no revision");
    compareMeters();
    compare(billed(BILLED_LINES), billed(BILLED_TOTALS), "billed totals", "buckets");
    compare(BILLED_DAYS_OF_LINES, BILLED_DAYS, "billed days", "buckets");
    count(
        SPANS.formatted(since),
        SPANS_OF_EVENTS,
        "%d sessions' spans are not those of their events");
    return problems;
  }

  private static String billed(String table, String measure) {
    return BucketTable.MEASURES.stream()
        .map(BucketTable::column)
        .map(column -> "COALESCE(" + measure.formatted(column) + ", 0) AS " + column)
        .collect(Collectors.joining(", ", "SELECT report, member, ", " FROM " + table));
  }

  /// A group that is in no bucket any more has a total of nothing.
  private static String billed(String rows) {
    return "SELECT * FROM ("
        + rows
        + ") AS billed WHERE "
        + BucketTable.MEASURES.stream()
            .map(column -> BucketTable.column(column) + " <> 0")
            .collect(Collectors.joining(" OR "));
  }

  /// Where they have been made: a store of an earlier version gets them when it is next opened.
  private void compareMeters() {
    if (database.number("SELECT metered FROM ledger") == MeterRebuild.ALL) {
      Meter.OF_QUANTITIES.forEach(
          meter ->
              compare(
                  "SELECT device, project, model, SUM(%1$s) AS amount FROM rollup_day GROUP BY device, project, model HAVING SUM(%1$s) <> 0"
                      .formatted(MeterRebuild.sum(meter)),
                  "SELECT device, project, model, amount FROM meter WHERE meter = %d AND amount <> 0"
                      .formatted(meter.code()),
                  "meters",
                  "days"));
    }
  }

  /// From one look at each side.
  private void compare(String from, String kept, String sums, String parts) {
    database.query(
        "WITH told AS MATERIALIZED ("
            + from
            + "), kept AS MATERIALIZED ("
            + kept
            + ") SELECT (SELECT COUNT(*) FROM (SELECT * FROM told EXCEPT SELECT * FROM kept) AS l),"
            + " (SELECT COUNT(*) FROM (SELECT * FROM kept EXCEPT SELECT * FROM told) AS m)",
        row -> {
          note(row.getLong(1), "%d " + sums + " lack what " + parts + " tell");
          note(row.getLong(2), "%d " + sums + " hold what no " + parts + " tell");
          return true;
        });
  }

  private void count(String left, String right, String problem) {
    note(
        database.number("SELECT COUNT(*) FROM (" + left + " EXCEPT " + right + ") AS difference"),
        problem);
  }

  private void note(long rows, String problem) {
    if (rows > 0) {
      problems.add(problem.formatted(rows));
    }
  }
}
