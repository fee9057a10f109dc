package dev.claudometer.store.sql.sum;

import dev.claudometer.store.Dimension;
import dev.claudometer.store.Point;
import dev.claudometer.store.Slice;
import dev.claudometer.store.Step;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.Where;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.engine.SumColumns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Answers from the rollups: whole UTC days from the sums by day, their edges from quarter hours,
/// parts of a quarter hour from its events, what is about nothing in particular from the sums by
/// time alone, and sessions of all time from their own sums. All are exact.
public final class SumQueries {

  private static final long QUARTER_SECONDS = Rollups.QUARTER_MILLIS / 1000;

  private final Database database;
  private final NameTable names;

  public SumQueries(Database database, NameTable names) {
    this.database = database;
    this.names = names;
  }

  /// A table and the stretch of it that is summed.
  ///
  /// @param time the column that the stretch is of
  private record Part(String table, String sums, String time, long from, long to) {

    static Part quarters(long from, long to) {
      return new Part("rollup", SumColumns.SUMS, "quarter", from, to);
    }

    static Part time(long from, long to) {
      return new Part("rollup_time", SumColumns.SUMS, "quarter", from, to);
    }

    static Part days(long from, long to) {
      return new Part("rollup_day", SumColumns.SUMS, "day", from, to);
    }

    static Part events(Stretch stretch) {
      String counted = "(SELECT * FROM event WHERE counted = 1) AS counted";
      return new Part(counted, SumColumns.OF_EVENTS, "at", stretch.from(), stretch.to());
    }

    /// The events of quarter hours, where sums do not tell them apart.
    static Part quartersOfEvents(long from, long to) {
      String counted =
          "(SELECT event.*, at / "
              + Rollups.QUARTER_MILLIS
              + " AS quarter FROM event WHERE counted = 1 AND at >= "
              + from * Rollups.QUARTER_MILLIS
              + " AND at < "
              + to * Rollups.QUARTER_MILLIS
              + ") AS counted";
      return new Part(counted, SumColumns.OF_EVENTS, "quarter", from, to);
    }

    /// All of every session that has been seen before an instant: of all time.
    static Part sessions(Stretch all) {
      return new Part("rollup_session", SumColumns.SUMS, "first_at", all.from(), all.to());
    }

    String select(String columns, Conditions conditions, String groups) {
      return "SELECT "
          + columns
          + sums
          + " FROM "
          + table
          + " WHERE "
          + time
          + " >= ? AND "
          + time
          + " < ?"
          + conditions.text()
          + " GROUP BY "
          + groups;
    }
  }

  public List<Slice> sums(TimeRange range, Where where, Set<Dimension> by) {
    var conditions = Conditions.of(where, names);
    var sums = new SliceSums();
    for (Part part : parts(Stretch.of(range), where, by)) {
      database
          .query(
              part.select(columns(by), conditions, "1, 2, 3, 4, 5"),
              row -> slice(row, 1),
              conditions.after(part.from(), part.to()))
          .forEach(sums::add);
    }
    return sums.slices();
  }

  private List<Part> parts(Stretch asked, Where where, Set<Dimension> by) {
    if (!where.isInSums()) {
      return List.of(Part.events(asked));
    }
    boolean ofSessions = by.contains(Dimension.SESSION) || where.isOf(Dimension.SESSION);
    if (ofSessions && asked.isAllTime()) {
      return List.of(Part.sessions(asked));
    }
    Stretch stretch = narrowed(asked, where);
    List<Part> parts = new ArrayList<>(wholeQuarters(stretch, where, by, ofSessions));
    stretch.ends().forEach(end -> parts.add(Part.events(end)));
    return parts;
  }

  private static List<Part> wholeQuarters(
      Stretch stretch, Where where, Set<Dimension> by, boolean ofSessions) {
    long from = stretch.firstQuarter();
    long to = stretch.endQuarter();
    long firstDay = Math.ceilDiv(from, Rollups.QUARTERS_A_DAY);
    long endDay = Math.floorDiv(to, Rollups.QUARTERS_A_DAY);
    Stream<Part> parts;
    if (by.isEmpty() && where.isAny()) {
      parts = Stream.of(Part.time(from, to));
    } else if (ofSessions || firstDay >= endDay) {
      parts = Stream.of(Part.quarters(from, to));
    } else {
      parts =
          Stream.of(
              Part.quarters(from, firstDay * Rollups.QUARTERS_A_DAY),
              Part.days(firstDay, endDay),
              Part.quarters(endDay * Rollups.QUARTERS_A_DAY, to));
    }
    return parts.filter(part -> part.from() < part.to()).toList();
  }

  /// No further than from the first to the last response of the sessions that are asked about.
  private Stretch narrowed(Stretch asked, Where where) {
    if (!where.isOf(Dimension.SESSION)) {
      return asked;
    }
    var conditions = Conditions.of(where, names);
    return database
        .query(
            "SELECT MIN(first_at), MAX(last_at) + 1 FROM rollup_session WHERE 1 = 1"
                + conditions.text()
                + " HAVING COUNT(*) > 0",
            row -> new Stretch(row.getLong(1), row.getLong(2)),
            conditions.after())
        .stream()
        .findFirst()
        .map(span -> asked.within(wholeQuartersAround(span)))
        .orElse(new Stretch(asked.from(), asked.from()));
  }

  private static Stretch wholeQuartersAround(Stretch span) {
    return new Stretch(
        Math.floorDiv(span.from(), Rollups.QUARTER_MILLIS) * Rollups.QUARTER_MILLIS,
        Math.ceilDiv(span.to(), Rollups.QUARTER_MILLIS) * Rollups.QUARTER_MILLIS);
  }

  public List<Point> series(TimeRange range, Step step, Where where, Set<Dimension> by) {
    long length = step.length().toSeconds() / QUARTER_SECONDS;
    long offset = step.offset().toSeconds() / QUARTER_SECONDS;
    var conditions = Conditions.of(where, names);
    var points = new ArrayList<Point>();
    for (Part part : parts(range, step, where, by)) {
      long each = part.time().equals("day") ? 1 : length;
      points.addAll(
          database.query(
              part.select(
                  "(" + part.time() + " + " + offset + ") / " + each + ", " + columns(by),
                  conditions,
                  "1, 2, 3, 4, 5, 6"),
              row -> new Point(at(row.getLong(1) * length - offset), slice(row, 2)),
              conditions.after(part.from(), part.to())));
    }
    return points;
  }

  private List<Part> parts(TimeRange range, Step step, Where where, Set<Dimension> by) {
    if (!where.isInSums()) {
      Stretch asked = Stretch.of(range);
      return List.of(Part.quartersOfEvents(asked.firstQuarter(), asked.endQuarter()));
    }
    boolean utcDays = step.length().toDays() == 1 && step.offset().isZero();
    boolean ofSessions = by.contains(Dimension.SESSION) || where.isOf(Dimension.SESSION);
    Stretch stretch = narrowed(Stretch.of(range), where);
    return wholeQuarters(stretch, where, by, ofSessions || !utcDays);
  }

  private static Instant at(long quarter) {
    return Instant.ofEpochSecond(quarter * QUARTER_SECONDS);
  }

  /// In the order of [Dimension].
  private static String columns(Set<Dimension> by) {
    return Stream.of(Dimension.values())
        .map(dimension -> by.contains(dimension) ? Conditions.column(dimension) + ", " : "0, ")
        .collect(Collectors.joining());
  }

  private Slice slice(ResultSet row, int first) throws SQLException {
    return new Slice(
        names.text(row.getLong(first)),
        names.project(row.getLong(first + 1)),
        names.session(row.getLong(first + 2)),
        names.text(row.getLong(first + 3)),
        names.device(row.getLong(first + 4)),
        SumColumns.read(row, first + 5));
  }
}
