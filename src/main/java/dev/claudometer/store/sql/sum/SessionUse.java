package dev.claudometer.store.sql.sum;

import dev.claudometer.store.sql.engine.SumColumns;
import java.util.ArrayList;
import java.util.List;

/// What sessions used within a stretch of time, as a table `used` of a statement: shares of a
/// session that lie in it whole from their own sums, those that do not from quarter hours, and from
/// events at its ends.
///
/// @param stretch what is asked about
/// @param conditions which usage is meant
/// @param inSums whether sums know which that is; else all is from events
record SessionUse(Stretch stretch, Conditions conditions, boolean inSums) {

  private static final String SHARE = "session, project, model, branch, device";
  private static final String COLUMNS = SHARE + ", " + SumColumns.EACH;

  /// `WITH used AS (…)`, to be followed by what is asked of it.
  String with() {
    if (!inSums) {
      return ofEvents();
    }
    if (stretch.isAllTime()) {
      return "WITH used AS (SELECT first_at, last_at, "
          + COLUMNS
          + " FROM rollup_session WHERE 1 = 1"
          + conditions.text()
          + ")";
    }
    return "WITH " + beyond() + ", used AS (" + whole() + " UNION ALL " + parts() + ")";
  }

  /// The same without the shares that lie in the stretch whole.
  String withParts() {
    return "WITH " + beyond() + ", used AS (" + parts() + ")";
  }

  private String parts() {
    return begunBefore()
        + " UNION ALL "
        + begunWithin()
        + (" UNION ALL " + atAnEnd()).repeat(stretch.ends().size());
  }

  private String ofEvents() {
    return "WITH used ("
        + COLUMNS
        + ") AS (SELECT "
        + SHARE
        + ", "
        + SumColumns.OF_EVENTS
        + " FROM event WHERE counted = 1 AND at >= ? AND at < ?"
        + conditions.text()
        + " GROUP BY "
        + SHARE
        + ")";
  }

  /// Shares that reach beyond one of the ends: few, unless a session goes on for long.
  private String beyond() {
    return "beyond AS (SELECT "
        + SHARE
        + """
        , first_at, last_at FROM rollup_session
        WHERE last_at >= ? AND first_at < ? AND (first_at < ? OR last_at >= ?)\
        """
        + conditions.text()
        + ")";
  }

  private String whole() {
    return "SELECT "
        + COLUMNS
        + " FROM rollup_session WHERE first_at >= ? AND last_at < ?"
        + conditions.text();
  }

  /// From the begin of the stretch on, as long as one of them goes on that had begun before.
  private static String begunBefore() {
    return "SELECT "
        + COLUMNS
        + """
         FROM rollup
        WHERE quarter >= ? AND quarter < (SELECT CASE WHEN MAX(last_at) IS NULL THEN 0
            WHEN MAX(last_at) / 900000 + 1 < ? THEN MAX(last_at) / 900000 + 1 ELSE ? END
          FROM beyond WHERE first_at < ?)\
        """
        + ofThose(" WHERE first_at < ?");
  }

  /// From where the first of them begins that goes on after the stretch, to its end.
  private static String begunWithin() {
    return "SELECT "
        + COLUMNS
        + """
         FROM rollup
        WHERE quarter >= (SELECT CASE WHEN MIN(first_at) IS NULL THEN ?
            WHEN MIN(first_at) / 900000 > ? THEN MIN(first_at) / 900000 ELSE ? END
          FROM beyond WHERE first_at >= ?) AND quarter < ?\
        """
        + ofThose(" WHERE first_at >= ?");
  }

  private static String atAnEnd() {
    return "SELECT "
        + SHARE
        + ", "
        + SumColumns.OF_EVENTS
        + " FROM event WHERE counted = 1 AND at >= ? AND at < ?"
        + ofThose("")
        + " GROUP BY "
        + SHARE;
  }

  private static String ofThose(String where) {
    return " AND (" + SHARE + ") IN (SELECT " + SHARE + " FROM beyond" + where + ")";
  }

  /// The parameters of [#with].
  List<Object> parameters() {
    if (!inSums) {
      return List.of(conditions.after(stretch.from(), stretch.to()));
    }
    if (stretch.isAllTime()) {
      return List.copyOf(conditions.values());
    }
    List<Object> all = new ArrayList<>(ofBeyond());
    all.addAll(List.of(stretch.from(), stretch.to()));
    all.addAll(conditions.values());
    all.addAll(ofParts());
    return all;
  }

  /// The parameters of [#withParts].
  List<Object> parametersOfParts() {
    List<Object> all = new ArrayList<>(ofBeyond());
    all.addAll(ofParts());
    return all;
  }

  private List<Object> ofBeyond() {
    long from = stretch.from();
    long to = stretch.to();
    List<Object> all = new ArrayList<>(List.of(from, to, from, to));
    all.addAll(conditions.values());
    return all;
  }

  private List<Object> ofParts() {
    long from = stretch.from();
    long first = stretch.firstQuarter();
    long end = stretch.endQuarter();
    List<Object> all = new ArrayList<>(List.of(first, end, end, from, from));
    all.addAll(List.of(end, first, first, from, end, from));
    stretch.ends().forEach(part -> all.addAll(List.of(part.from(), part.to())));
    return all;
  }
}
