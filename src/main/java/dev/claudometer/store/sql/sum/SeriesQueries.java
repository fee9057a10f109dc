package dev.claudometer.store.sql.sum;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.Usd;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Point;
import dev.claudometer.store.Slice;
import dev.claudometer.store.Step;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.Where;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.engine.SqlSession;
import dev.claudometer.usage.Totals;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Answers what was used by steps of time, from the rollups.
public final class SeriesQueries {

  private static final long QUARTER_SECONDS = Rollups.QUARTER_MILLIS / 1000;

  private final Database database;
  private final NameTable names;
  private final @Nullable KeptSums kept;
  private final SumParts parts;

  /// @param kept what is remembered; null in a process that is asked once
  public SeriesQueries(Database database, NameTable names, @Nullable KeptSums kept) {
    this.database = database;
    this.names = names;
    this.kept = kept;
    parts = new SumParts(database, names);
  }

  public List<Point> series(TimeRange range, Step step, Where where, Set<Dimension> by) {
    long length = step.length().toSeconds() / QUARTER_SECONDS;
    long offset = step.offset().toSeconds() / QUARTER_SECONDS;
    return database.snapshot(
        session -> {
          List<Point> moved =
              MovedDays.answer(step, where, by)
                  ? ofLocalDays(session, range, offset, where, by)
                  : null;
          if (moved != null) {
            return moved;
          }
          var points = new ArrayList<Point>();
          for (SumPart part : parts.of(range, step, where, by)) {
            var steps = new Steps(part.time().equals("day") ? 1 : length, length, offset);
            KeptPart inMemory = KeptPart.of(part, kept, session, where, names);
            points.addAll(
                inMemory == null ? points(part, where, by, steps) : points(inMemory, by, steps));
          }
          return points;
        });
  }

  /// Null where sums of days are not in memory.
  private @Nullable List<Point> ofLocalDays(
      SqlSession session, TimeRange range, long offset, Where where, Set<Dimension> by)
      throws SQLException {
    var days = new MovedDays(session, Conditions.of(where, names), by, offset);
    for (SumPart part : parts.of(Stretch.of(range), where, by)) {
      KeptPart inMemory = KeptPart.of(part, kept, session, where, names);
      if (inMemory != null) {
        days.whole(inMemory);
      } else if (part.kept() == null) {
        days.quarters(part.from(), part.to());
      } else {
        return null;
      }
    }
    var steps = new Steps(1, Rollups.QUARTERS_A_DAY, offset);
    List<Point> points = new ArrayList<>();
    days.slices(names)
        .forEach(
            (day, slices) -> slices.forEach(each -> points.add(new Point(steps.at(day), each))));
    return points;
  }

  /// How places of a part are put together: quarter hours, or days.
  ///
  /// @param each so many places are a step
  /// @param length of a step in quarter hours
  /// @param offset quarter hours
  private record Steps(long each, long length, long offset) {

    String of(SumPart part) {
      return "(" + part.time() + " + " + offset + ") / " + each;
    }

    long of(long place) {
      return (place + offset) / each;
    }

    Instant at(long step) {
      return Instant.ofEpochSecond((step * length - offset) * QUARTER_SECONDS);
    }
  }

  private List<Point> points(SumPart part, Where where, Set<Dimension> by, Steps steps) {
    var conditions = Conditions.of(where, names);
    return database.query(
        part.select(steps.of(part) + ", " + SumPart.columns(by), conditions, "1, 2, 3, 4, 5, 6"),
        row -> new Point(steps.at(row.getLong(1)), SliceSums.read(row, 2, names)),
        conditions.after(part.from(), part.to()));
  }

  private List<Point> points(KeptPart part, Set<Dimension> by, Steps steps) throws SQLException {
    List<Point> points = new ArrayList<>();
    if (by.isEmpty()) {
      part.totals(steps::of)
          .forEach((at, sum) -> points.add(new Point(steps.at(at), total(Totals.of(sum)))));
      return points;
    }
    for (var step : part.bySteps(steps::of, by).entrySet()) {
      for (Slice slice : step.getValue().slices(names).getFirst()) {
        points.add(new Point(steps.at(step.getKey()), slice));
      }
    }
    return points;
  }

  private static Slice total(Totals totals) {
    return new Slice("", ProjectName.NONE, SessionId.NONE, "", DeviceId.THIS, totals);
  }

  /// Dollars of cost mode `auto` by step.
  public Map<Instant, Usd> costs(TimeRange range, Step step, Where where) {
    long length = step.length().toSeconds() / QUARTER_SECONDS;
    long offset = step.offset().toSeconds() / QUARTER_SECONDS;
    if (MovedDays.answer(step, where, Set.of()) && kept != null) {
      Map<Instant, Usd> costs = new HashMap<>();
      series(range, step, where, Set.of())
          .forEach(point -> costs.put(point.at(), point.slice().totals().reportedElseCalculated()));
      return costs;
    }
    return database.snapshot(
        session -> {
          Map<Instant, Usd> costs = new HashMap<>();
          for (SumPart part : parts.of(range, step, where, Set.of())) {
            var steps = new Steps(part.time().equals("day") ? 1 : length, length, offset);
            KeptPart inMemory = KeptPart.of(part, kept, session, where, names);
            Map<Long, Long> some =
                inMemory == null ? costs(part, where, steps) : inMemory.costs(steps::of);
            some.forEach((at, cost) -> costs.merge(steps.at(at), new Usd(cost), Usd::plus));
          }
          return costs;
        });
  }

  private Map<Long, Long> costs(SumPart part, Where where, Steps steps) {
    var conditions = Conditions.of(where, names);
    Map<Long, Long> costs = new HashMap<>();
    database.query(
        part.costs(steps.of(part), conditions),
        row -> costs.put(row.getLong(1), row.getLong(2)) == null,
        conditions.after(part.from(), part.to()));
    return costs;
  }
}
