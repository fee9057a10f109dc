package dev.claudometer.store.sql.sum;

import dev.claudometer.store.sql.engine.RollupTable;
import java.util.ArrayList;
import java.util.List;

/// What sessions used within a stretch of time, as a table `used` of a statement: shares of a
/// session that lie in it whole from their own sums, those that do not from quarter hours, and from
/// events at its ends.
///
/// @param stretch what is asked about
/// @param conditions which usage is meant
record SessionUse(Stretch stretch, Conditions conditions) {

  private static final String SHARE = "session, project, model, branch, device";

  /// Shares that reach beyond one of the ends: few, unless a session goes on for long.
  private static final String BEYOND =
      """
      beyond AS (
        SELECT session, project, model, branch, device, first_at, last_at FROM rollup_session
        WHERE last_at >= ? AND first_at < ? AND (first_at < ? OR last_at >= ?)%s)""";

  private static final String WHOLE =
      "SELECT %1$s FROM rollup_session WHERE first_at >= ? AND last_at < ?%2$s";

  /// From the begin of the stretch on, as long as one of them goes on that had begun before.
  private static final String BEGUN_BEFORE =
      """
       UNION ALL SELECT %1$s FROM rollup
      WHERE quarter >= ? AND quarter < (SELECT CASE WHEN MAX(last_at) IS NULL THEN 0
          WHEN MAX(last_at) / 900000 + 1 < ? THEN MAX(last_at) / 900000 + 1 ELSE ? END
        FROM beyond WHERE first_at < ?)
      AND (session, project, model, branch, device) IN (
        SELECT session, project, model, branch, device FROM beyond WHERE first_at < ?)""";

  /// From where the first of them begins that goes on after the stretch, to its end.
  private static final String BEGUN_WITHIN =
      """
       UNION ALL SELECT %1$s FROM rollup
      WHERE quarter >= (SELECT CASE WHEN MIN(first_at) IS NULL THEN ?
          WHEN MIN(first_at) / 900000 > ? THEN MIN(first_at) / 900000 ELSE ? END
        FROM beyond WHERE first_at >= ?) AND quarter < ?
      AND (session, project, model, branch, device) IN (
        SELECT session, project, model, branch, device FROM beyond WHERE first_at >= ?)""";

  private static final String AT_AN_END =
      """
       UNION ALL SELECT session, project, model, branch, device, %1$s FROM event
      WHERE counted = 1 AND at >= ? AND at < ?
      AND (session, project, model, branch, device) IN (
        SELECT session, project, model, branch, device FROM beyond)
      GROUP BY session, project, model, branch, device""";

  /// `WITH used AS (…)`, to be followed by what is asked of it.
  String with() {
    String columns = SHARE + ", " + RollupTable.EACH;
    if (stretch.isAllTime()) {
      return "WITH used AS ("
          + "SELECT "
          + SHARE
          + ", first_at, last_at, "
          + RollupTable.EACH
          + " FROM rollup_session WHERE 1 = 1"
          + conditions.text()
          + ")";
    }
    return "WITH "
        + BEYOND.formatted(conditions.text())
        + ", used AS ("
        + WHOLE.formatted(columns, conditions.text())
        + BEGUN_BEFORE.formatted(columns)
        + BEGUN_WITHIN.formatted(columns)
        + AT_AN_END.formatted(RollupTable.OF_EVENTS).repeat(stretch.ends().size())
        + ")";
  }

  /// The parameters of [#with].
  List<Object> parameters() {
    List<Object> all = new ArrayList<>();
    if (!stretch.isAllTime()) {
      long from = stretch.from();
      long to = stretch.to();
      long first = stretch.firstQuarter();
      long end = stretch.endQuarter();
      all.addAll(List.of(from, to, from, to));
      all.addAll(conditions.values());
      all.addAll(List.of(from, to));
      all.addAll(conditions.values());
      all.addAll(List.of(first, end, end, from, from));
      all.addAll(List.of(end, first, first, from, end, from));
      stretch.ends().forEach(part -> all.addAll(List.of(part.from(), part.to())));
    } else {
      all.addAll(conditions.values());
    }
    return all;
  }
}
