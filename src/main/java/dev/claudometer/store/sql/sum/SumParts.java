package dev.claudometer.store.sql.sum;

import dev.claudometer.store.Dimension;
import dev.claudometer.store.Step;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.Where;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.NameTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Which stretches of which tables a question is answered from.
record SumParts(Database database, NameTable names) {

  List<SumPart> of(Stretch asked, Where where, Set<Dimension> by) {
    if (!where.isInSums()) {
      return List.of(SumPart.events(asked));
    }
    boolean ofSessions = areOfSessions(where, by);
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

  /// Whole quarter hours or whole days, in steps of time.
  List<SumPart> of(TimeRange range, Step step, Where where, Set<Dimension> by) {
    if (!where.isInSums()) {
      Stretch asked = Stretch.of(range);
      return List.of(SumPart.quartersOfEvents(asked.firstQuarter(), asked.endQuarter()));
    }
    boolean utcDays = step.length().toDays() == 1 && step.offset().isZero();
    boolean ofSessions = areOfSessions(where, by);
    Stretch stretch = narrowed(Stretch.of(range), where);
    return wholeQuarters(stretch, where, by, ofSessions || !utcDays);
  }

  static boolean areOfSessions(Where where, Set<Dimension> by) {
    return by.contains(Dimension.SESSION) || where.isOf(Dimension.SESSION);
  }
}
