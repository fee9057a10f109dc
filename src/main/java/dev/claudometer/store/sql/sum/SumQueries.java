package dev.claudometer.store.sql.sum;

import dev.claudometer.store.Dimension;
import dev.claudometer.store.Point;
import dev.claudometer.store.Slice;
import dev.claudometer.store.Step;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.engine.RollupTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Answers from the rollups. Whole UTC days come from the sums by day, their edges from quarter
/// hours, and what is split by nothing from the sums by time alone; all are exact.
public final class SumQueries {

  private static final long QUARTER_SECONDS = Rollups.QUARTER_MILLIS / 1000;

  private final Database database;
  private final NameTable names;

  public SumQueries(Database database, NameTable names) {
    this.database = database;
    this.names = names;
  }

  /// A table and the stretch of it that is summed.
  private record Part(String table, String time, long from, long to) {

    static Part quarters(long from, long to) {
      return new Part("rollup", "quarter", from, to);
    }

    static Part time(long from, long to) {
      return new Part("rollup_time", "quarter", from, to);
    }

    static Part days(long from, long to) {
      return new Part("rollup_day", "day", from, to);
    }

    String select(String columns) {
      return "SELECT "
          + columns
          + RollupTable.SUMS
          + " FROM "
          + table
          + " WHERE "
          + time
          + " >= ? AND "
          + time
          + " < ? GROUP BY ";
    }
  }

  public List<Slice> sums(TimeRange range, Set<Dimension> by) {
    var sums = new SliceSums();
    for (Part part : parts(range, by)) {
      database
          .query(
              part.select(columns(by)) + "1, 2, 3, 4, 5",
              row -> slice(row, 1),
              part.from(),
              part.to())
          .forEach(sums::add);
    }
    return sums.slices();
  }

  private static List<Part> parts(TimeRange range, Set<Dimension> by) {
    long from = Rollups.quarter(range.from());
    long to = Rollups.quarter(range.to());
    if (by.isEmpty()) {
      return List.of(Part.time(from, to));
    }
    long firstDay = Math.ceilDiv(from, Rollups.QUARTERS_A_DAY);
    long endDay = Math.floorDiv(to, Rollups.QUARTERS_A_DAY);
    if (by.contains(Dimension.SESSION) || firstDay >= endDay) {
      return List.of(Part.quarters(from, to));
    }
    return Stream.of(
            Part.quarters(from, firstDay * Rollups.QUARTERS_A_DAY),
            Part.days(firstDay, endDay),
            Part.quarters(endDay * Rollups.QUARTERS_A_DAY, to))
        .filter(part -> part.from() < part.to())
        .toList();
  }

  public List<Point> series(TimeRange range, Step step, Set<Dimension> by) {
    long length = step.length().toSeconds() / QUARTER_SECONDS;
    long offset = step.offset().toSeconds() / QUARTER_SECONDS;
    boolean days =
        length == Rollups.QUARTERS_A_DAY && offset == 0 && !by.contains(Dimension.SESSION);
    List<Part> parts =
        days || by.isEmpty()
            ? parts(range, by)
            : List.of(Part.quarters(Rollups.quarter(range.from()), Rollups.quarter(range.to())));
    var points = new ArrayList<Point>();
    for (Part part : parts) {
      long each = part.time().equals("day") ? 1 : length;
      points.addAll(
          database.query(
              part.select("(" + part.time() + " + " + offset + ") / " + each + ", " + columns(by))
                  + "1, 2, 3, 4, 5, 6",
              row -> new Point(at(row.getLong(1) * length - offset), slice(row, 2)),
              part.from(),
              part.to()));
    }
    return points;
  }

  private static Instant at(long quarter) {
    return Instant.ofEpochSecond(quarter * QUARTER_SECONDS);
  }

  /// In the order of [Dimension].
  private static String columns(Set<Dimension> by) {
    return Stream.of(Dimension.values())
        .map(
            dimension ->
                by.contains(dimension) ? dimension.name().toLowerCase(Locale.ROOT) + ", " : "0, ")
        .collect(Collectors.joining());
  }

  private Slice slice(ResultSet row, int first) throws SQLException {
    return new Slice(
        names.text(row.getLong(first)),
        names.text(row.getLong(first + 1)),
        names.text(row.getLong(first + 2)),
        names.text(row.getLong(first + 3)),
        names.text(row.getLong(first + 4)),
        RollupTable.read(row, first + 5));
  }
}
