package dev.claudometer.store.sql.sum;

import dev.claudometer.store.Dimension;
import dev.claudometer.store.sql.engine.SumColumns;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A table and the stretch of it that is summed.
///
/// @param ofEvents whether its rows are events, else sums
/// @param time the column that the stretch is of
record SumPart(String table, boolean ofEvents, String time, long from, long to) {

  static SumPart quarters(long from, long to) {
    return new SumPart("rollup", false, "quarter", from, to);
  }

  static SumPart time(long from, long to) {
    return new SumPart("rollup_time", false, "quarter", from, to);
  }

  static SumPart days(long from, long to) {
    return new SumPart("rollup_day", false, "day", from, to);
  }

  static SumPart events(Stretch stretch) {
    String counted = "(SELECT * FROM event WHERE counted = 1) AS counted";
    return new SumPart(counted, true, "at", stretch.from(), stretch.to());
  }

  /// The events of quarter hours, where sums do not tell them apart.
  static SumPart quartersOfEvents(long from, long to) {
    String counted =
        "(SELECT event.*, at / "
            + Rollups.QUARTER_MILLIS
            + " AS quarter FROM event WHERE counted = 1 AND at >= "
            + from * Rollups.QUARTER_MILLIS
            + " AND at < "
            + to * Rollups.QUARTER_MILLIS
            + ") AS counted";
    return new SumPart(counted, true, "quarter", from, to);
  }

  /// All of every session that has been seen before an instant: of all time.
  static SumPart sessions(Stretch all) {
    return new SumPart("rollup_session", false, "first_at", all.from(), all.to());
  }

  /// The columns that sums are split by, in the order of [Dimension].
  static String columns(Set<Dimension> by) {
    var columns = new StringBuilder();
    for (Dimension dimension : Dimension.values()) {
      columns.append(by.contains(dimension) ? Conditions.column(dimension) : "0").append(", ");
    }
    return columns.toString();
  }

  /// The table that can be remembered; null where it is none.
  @Nullable KeptTable kept() {
    return switch (table) {
      case "rollup_day" -> KeptTable.DAYS;
      case "rollup_time" -> KeptTable.TIMES;
      default -> null;
    };
  }

  String select(String columns, Conditions conditions, String groups) {
    String sums = ofEvents ? SumColumns.OF_EVENTS : SumColumns.SUMS;
    return "SELECT " + columns + sums + within(conditions) + " GROUP BY " + groups;
  }

  /// Its rows, not added up.
  String rows(String columns, Conditions conditions) {
    return "SELECT "
        + columns
        + (ofEvents ? SumColumns.OF_EVENT : SumColumns.EACH)
        + within(conditions);
  }

  /// Dollars of cost mode `auto` by step.
  String costs(String step, Conditions conditions) {
    return "SELECT "
        + step
        + ", "
        + (ofEvents ? SumColumns.COST_OF_EVENTS : SumColumns.COST)
        + within(conditions)
        + " GROUP BY 1";
  }

  private String within(Conditions conditions) {
    return " FROM " + table + " WHERE " + time + " >= ? AND " + time + " < ?" + conditions.text();
  }
}
