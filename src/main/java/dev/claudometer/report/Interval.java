package dev.claudometer.report;

import dev.claudometer.store.Step;
import dev.claudometer.store.TimeRange;
import dev.claudometer.usage.PeriodKind;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;

/// What an answer cuts time into, as the clocks and the calendar of a question have it.
public enum Interval {
  HOUR,
  DAY,
  WEEK,
  MONTH;

  /// A stretch of time during which clocks keep one offset from UTC.
  private record Stretch(TimeRange range, Duration offset) {}

  /// What the store is asked for, part by part.
  record Cut(TimeRange range, Step step) {}

  /// The parts of a question, cut where clocks are changed: hours, or else days.
  List<Cut> cuts(Question question) {
    Duration length = this == HOUR ? Duration.ofHours(1) : Duration.ofDays(1);
    return stretches(question).stream()
        .map(stretch -> new Cut(stretch.range(), new Step(length, stretch.offset())))
        .toList();
  }

  private static List<Stretch> stretches(Question question) {
    ZoneId zone = question.zone();
    Instant end = question.range().to();
    var stretches = new ArrayList<Stretch>();
    Instant from = question.range().from();
    while (from.isBefore(end)) {
      ZoneOffsetTransition change = zone.getRules().nextTransition(from);
      Instant to = change == null || change.getInstant().isAfter(end) ? end : change.getInstant();
      ZoneOffset offset = zone.getRules().getOffset(from);
      stretches.add(
          new Stretch(new TimeRange(from, to), Duration.ofSeconds(offset.getTotalSeconds())));
      from = to;
    }
    return stretches;
  }

  /// When the interval begins that an instant belongs to.
  public Instant begin(Instant at, ZoneId zone, DayOfWeek weekStart) {
    ZonedDateTime local = at.atZone(zone);
    return this == HOUR
        ? local.truncatedTo(ChronoUnit.HOURS).toInstant()
        : days().first(local.toLocalDate(), weekStart).atStartOfDay(zone).toInstant();
  }

  /// When the one after it begins.
  public Instant next(Instant begin, ZoneId zone) {
    return this == HOUR
        ? begin.plus(Duration.ofHours(1))
        : days().next(LocalDate.ofInstant(begin, zone)).atStartOfDay(zone).toInstant();
  }

  private PeriodKind days() {
    return switch (this) {
      case HOUR, DAY -> PeriodKind.DAY;
      case WEEK -> PeriodKind.WEEK;
      case MONTH -> PeriodKind.MONTH;
    };
  }
}
