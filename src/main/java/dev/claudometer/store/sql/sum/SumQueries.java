package dev.claudometer.store.sql.sum;

import dev.claudometer.model.Usd;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Point;
import dev.claudometer.store.Slice;
import dev.claudometer.store.Step;
import dev.claudometer.store.Sums;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.Where;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.engine.SumColumns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Answers from the rollups: whole UTC days from the sums by day, their edges from quarter hours,
/// parts of a quarter hour from its events, what is about nothing in particular from the sums by
/// time alone, and sessions of all time from their own sums. All are exact.
public final class SumQueries {

  private static final long QUARTER_SECONDS = Rollups.QUARTER_MILLIS / 1000;
  private static final long LONG_MILLIS = Duration.ofDays(7).toMillis();

  private final Database database;
  private final NameTable names;

  public SumQueries(Database database, NameTable names) {
    this.database = database;
    this.names = names;
  }

  public List<Slice> sums(TimeRange range, Where where, Set<Dimension> by) {
    var conditions = Conditions.of(where, names);
    if (by.contains(Dimension.SESSION) && where.isInSums() && isLong(Stretch.of(range))) {
      return ofSessions(new SessionUse(Stretch.of(range), conditions, true), by);
    }
    var sums = new SliceSums();
    for (SumPart part : parts(Stretch.of(range), where, by)) {
      database
          .query(
              part.select(columns(by), conditions, "1, 2, 3, 4, 5"),
              row -> slice(row, 1),
              conditions.after(part.from(), part.to()))
          .forEach(sums::add);
    }
    return sums.slices();
  }

  /// From one look at each table.
  public List<List<Slice>> sums(TimeRange range, Where where, List<Set<Dimension>> splits) {
    var sums = new SplitSums(splits);
    var conditions = Conditions.of(where, names);
    Set<Dimension> all = splits.stream().flatMap(Set::stream).collect(Collectors.toSet());
    return database.snapshot(
        session -> {
          for (SumPart part : parts(Stretch.of(range), where, all)) {
            session.query(
                part.rows(sums.columns(), conditions),
                sums::add,
                conditions.after(part.from(), part.to()));
          }
          return sums.slices(names);
        });
  }

  /// Whether to look at the sums of all sessions is less than to look at the quarter hours.
  private static boolean isLong(Stretch stretch) {
    return stretch.to() - stretch.from() > LONG_MILLIS && !stretch.isAllTime();
  }

  private List<Slice> ofSessions(SessionUse use, Set<Dimension> by) {
    return database.query(
        use.with()
            + " SELECT "
            + columns(by)
            + SumColumns.SUMS
            + " FROM used GROUP BY 1, 2, 3, 4, 5",
        row -> slice(row, 1),
        use.parameters().toArray());
  }

  private List<SumPart> parts(Stretch asked, Where where, Set<Dimension> by) {
    if (!where.isInSums()) {
      return List.of(SumPart.events(asked));
    }
    boolean ofSessions = by.contains(Dimension.SESSION) || where.isOf(Dimension.SESSION);
    if (ofSessions && asked.isAllTime()) {
      return List.of(SumPart.sessions(asked));
    }
    Stretch stretch = narrowed(asked, where);
    List<SumPart> parts = new ArrayList<>(wholeQuarters(stretch, where, by, ofSessions));
    stretch.ends().forEach(end -> parts.add(SumPart.events(end)));
    return parts;
  }

  private static List<SumPart> wholeQuarters(
      Stretch stretch, Where where, Set<Dimension> by, boolean ofSessions) {
    long from = stretch.firstQuarter();
    long to = stretch.endQuarter();
    long firstDay = Math.ceilDiv(from, Rollups.QUARTERS_A_DAY);
    long endDay = Math.floorDiv(to, Rollups.QUARTERS_A_DAY);
    Stream<SumPart> parts;
    if (by.isEmpty() && where.isAny()) {
      parts = Stream.of(SumPart.time(from, to));
    } else if (ofSessions || firstDay >= endDay) {
      parts = Stream.of(SumPart.quarters(from, to));
    } else {
      parts =
          Stream.of(
              SumPart.quarters(from, firstDay * Rollups.QUARTERS_A_DAY),
              SumPart.days(firstDay, endDay),
              SumPart.quarters(endDay * Rollups.QUARTERS_A_DAY, to));
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
    for (SumPart part : parts(range, step, where, by)) {
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

  /// Dollars of cost mode `auto` by step.
  public Map<Instant, Usd> costs(TimeRange range, Step step, Where where) {
    long length = step.length().toSeconds() / QUARTER_SECONDS;
    long offset = step.offset().toSeconds() / QUARTER_SECONDS;
    var conditions = Conditions.of(where, names);
    Map<Instant, Usd> costs = new HashMap<>();
    for (SumPart part : parts(range, step, where, Set.of())) {
      long each = part.time().equals("day") ? 1 : length;
      database
          .query(
              part.costs("(" + part.time() + " + " + offset + ") / " + each, conditions),
              row -> Map.entry(at(row.getLong(1) * length - offset), new Usd(row.getLong(2))),
              conditions.after(part.from(), part.to()))
          .forEach(cost -> costs.merge(cost.getKey(), cost.getValue(), Usd::plus));
    }
    return costs;
  }

  /// Rows of whole UTC days.
  public void days(TimeRange days, Sums.DayReader reader) {
    Stretch stretch = Stretch.of(days);
    long[] amounts = new long[SumColumns.NAMES.size()];
    database.query(
        "SELECT day, model, device, "
            + SumColumns.EACH
            + " FROM rollup_day WHERE day >= ? AND day < ?",
        row -> {
          SumColumns.read(row, 4, amounts);
          reader.read(
              row.getLong(1), names.text(row.getLong(2)), names.device(row.getLong(3)), amounts);
          return true;
        },
        Math.ceilDiv(stretch.firstQuarter(), Rollups.QUARTERS_A_DAY),
        Math.floorDiv(stretch.endQuarter(), Rollups.QUARTERS_A_DAY));
  }

  private List<SumPart> parts(TimeRange range, Step step, Where where, Set<Dimension> by) {
    if (!where.isInSums()) {
      Stretch asked = Stretch.of(range);
      return List.of(SumPart.quartersOfEvents(asked.firstQuarter(), asked.endQuarter()));
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
