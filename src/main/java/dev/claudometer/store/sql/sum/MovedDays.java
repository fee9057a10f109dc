package dev.claudometer.store.sql.sum;

import dev.claudometer.store.Dimension;
import dev.claudometer.store.Slice;
import dev.claudometer.store.Step;
import dev.claudometer.store.Where;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.engine.SqlSession;
import dev.claudometer.store.sql.engine.SumColumns;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Sums of days that clocks show which are not UTC's: those of UTC's days from memory, and the
/// quarter hours that belong to the day before or after are asked of the store and moved there.
final class MovedDays {

  private static final long DAY = Rollups.QUARTERS_A_DAY;

  private static final String MOVED =
      " AND quarter IN (SELECT quarter FROM rollup_time WHERE quarter >= ? AND quarter < ?"
          + " AND (quarter % 96 + 96) % 96 >= ? AND (quarter % 96 + 96) % 96 < ?)";

  private final SqlSession session;
  private final Conditions conditions;
  private final List<Dimension> columns;
  private final Set<Dimension> by;
  private final long offset;
  private final Map<Long, SplitSums> days = new LinkedHashMap<>();

  /// @param offset what the clocks are ahead of UTC, in quarter hours: less than a day
  MovedDays(SqlSession session, Conditions conditions, Set<Dimension> by, long offset) {
    this.session = session;
    this.conditions = conditions;
    this.by = by;
    columns = List.copyOf(by);
    this.offset = offset;
  }

  /// Whether a question is about such days, and sums of days can tell it.
  static boolean answer(Step step, Where where, Set<Dimension> by) {
    return step.length().toDays() == 1
        && !step.offset().isZero()
        && where.isInSums()
        && !SumParts.areOfSessions(where, by)
        && !(where.isAny() && by.isEmpty());
  }

  /// What is in no whole day of UTC.
  void quarters(long from, long to) throws SQLException {
    SumRows rows = rows(offset, " AND quarter >= ? AND quarter < ?", conditions.before(from, to));
    for (int row = 0; row < rows.size(); row++) {
      day(rows.place(row)).add(rows, row, row + 1, RowCondition.ANY, 1);
    }
  }

  /// Whole days of UTC.
  void whole(KeptPart part) throws SQLException {
    for (SumRows rows : part.rows()) {
      if (rows.size() > 0) {
        day(rows.place(0)).add(rows, 0, rows.size(), part.allowed(), 1);
      }
    }
    SumRows moved =
        rows(
            0,
            MOVED,
            conditions.before(
                part.from() * DAY,
                part.to() * DAY,
                offset > 0 ? DAY - offset : 0,
                offset > 0 ? DAY : -offset));
    for (int row = 0; row < moved.size(); row++) {
      long day = moved.place(row);
      day(day).add(moved, row, row + 1, RowCondition.ANY, -1);
      day(day + Long.signum(offset)).add(moved, row, row + 1, RowCondition.ANY, 1);
    }
  }

  /// Sums by the day of clocks that are so many quarter hours ahead of UTC.
  private SumRows rows(long ahead, String which, Object... parameters) throws SQLException {
    var rows = new SumRows.Builder(columns, 0);
    String split =
        columns.stream().map(each -> ", " + Conditions.column(each)).reduce("", String::concat);
    session.query(
        "SELECT "
            + dayOf("quarter + " + ahead)
            + " AS moved_day"
            + split
            + ", "
            + SumColumns.SUMS
            + " FROM rollup WHERE 1 = 1"
            + conditions.text()
            + which
            + " GROUP BY moved_day"
            + split,
        row -> {
          rows.add(row);
          return true;
        },
        parameters);
    return rows.rows();
  }

  /// Rounded down, also before 1970.
  private static String dayOf(String quarter) {
    return "(" + quarter + " - ((" + quarter + ") % 96 + 96) % 96) / 96";
  }

  private SplitSums day(long day) {
    return days.computeIfAbsent(day, _ -> new SplitSums(List.of(by)));
  }

  /// What was used, by the number of a day.
  Map<Long, List<Slice>> slices(NameTable names) throws SQLException {
    Map<Long, List<Slice>> slices = new LinkedHashMap<>();
    for (var day : days.entrySet()) {
      List<Slice> some = new ArrayList<>(day.getValue().slices(names).getFirst());
      some.removeIf(slice -> slice.totals().billed() == 0);
      slices.put(day.getKey(), some);
    }
    return slices;
  }
}
