package dev.claudometer.report;

import dev.claudometer.store.TimeRange;
import dev.claudometer.store.Where;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/// What is asked: of which time, by whose clocks, split by what, and of what.
///
/// @param range begins and ends at a quarter hour
/// @param zone that days are cut in
/// @param where the usage that is meant: it is the store that looks for it
/// @param weekStart the first day of a week
public record Question(TimeRange range, ZoneId zone, Split by, Where where, DayOfWeek weekStart) {

  private static final long QUARTER_SECONDS = 900;

  public Question split(Split other) {
    return new Question(range, zone, other, where, weekStart);
  }

  public Question in(TimeRange other) {
    return new Question(other, zone, by, where, weekStart);
  }

  public Question at(ZoneId other) {
    return new Question(range, other, by, where, weekStart);
  }

  /// What this is compared with: the period of the same length that ended when this one began. Of a
  /// period that is not over yet only as much as has passed of this one: half a day is compared
  /// with half a day. A month, and a month so far, is compared with the month before it.
  ///
  /// @param horizon responses before it may have been deleted: what ends there ends at a quarter
  ///   hour, as sums can tell no more
  public Question previous(Instant now, Instant horizon) {
    Instant from =
        runningMonth(now) ? midnight(first().minusMonths(1)) : begin(range.from(), range.to());
    Instant to = range.from();
    if (now.isBefore(range.to())) {
      Duration passed = Duration.between(range.from(), now);
      Instant reached = from.plus(passed.isNegative() ? Duration.ZERO : passed);
      to = reached.isBefore(to) ? reached : to;
    }
    Instant quarter = floor(to);
    return in(new TimeRange(from, quarter.isBefore(horizon) ? quarter : to));
  }

  /// The same, but ended there.
  Question upTo(Instant end) {
    return in(new TimeRange(range.from(), end));
  }

  private LocalDate first() {
    return LocalDate.ofInstant(range.from(), zone);
  }

  /// Whether this is a month so far, or a whole one: it is compared with the month before, from its
  /// first day.
  private boolean runningMonth(Instant now) {
    LocalDate first = first();
    LocalDate next = first.plusMonths(1);
    boolean begins = first.getDayOfMonth() == 1 && midnight(first).equals(range.from());
    boolean whole = range.to().equals(midnight(next));
    boolean runs =
        now.isBefore(range.to())
            && !range.to().isAfter(midnight(next))
            && range.to().isAfter(midnight(first.plusDays(1)));
    return begins && (whole || runs);
  }

  /// Days are counted by the calendar: one of 23 hours follows one of 24.
  private Instant begin(Instant from, Instant to) {
    LocalDate first = LocalDate.ofInstant(from, zone);
    LocalDate end = LocalDate.ofInstant(to, zone);
    boolean days = midnight(first).equals(from) && midnight(end).equals(to);
    return days
        ? midnight(first.minusDays(ChronoUnit.DAYS.between(first, end)))
        : from.minus(Duration.between(from, to));
  }

  private Instant midnight(LocalDate day) {
    return day.atStartOfDay(zone).toInstant();
  }

  /// The begin of the quarter hour that an instant lies in.
  public static Instant floor(Instant at) {
    return Instant.ofEpochSecond(
        Math.floorDiv(at.getEpochSecond(), QUARTER_SECONDS) * QUARTER_SECONDS);
  }

  /// The begin of the first quarter hour that does not begin before an instant.
  public static Instant ceiling(Instant at) {
    Instant floor = floor(at);
    return floor.equals(at) ? floor : floor.plusSeconds(QUARTER_SECONDS);
  }
}
