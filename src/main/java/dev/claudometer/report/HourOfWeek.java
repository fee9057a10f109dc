package dev.claudometer.report;

import dev.claudometer.store.TimeRange;
import dev.claudometer.usage.Totals;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// One hour of the week, in all weeks of a period: when it was used, and by which sessions.
///
/// @param used those with usage, the first one first
/// @param sessions what each used in all of them, the most expensive first
public record HourOfWeek(
    Instant from,
    Instant to,
    ZoneId timeZone,
    DayOfWeek day,
    int hour,
    List<Used> used,
    List<Share> sessions) {

  /// A time that it was. Where clocks are put back it has two hours.
  public record Used(Instant from, Instant to, Totals totals) {}

  public Totals totals() {
    return used.stream().map(Used::totals).reduce(Totals.ZERO, Totals::plus);
  }

  /// Each time that it is in the period, as far as it is: none on a day on which clocks skip it.
  static List<TimeRange> in(Question question, DayOfWeek day, int hour) {
    TimeRange range = question.range();
    ZoneId zone = question.zone();
    LocalDate last = LocalDate.ofInstant(range.to(), zone);
    List<TimeRange> times = new ArrayList<>();
    LocalDate date = LocalDate.ofInstant(range.from(), zone);
    for (; !date.isAfter(last); date = date.plusDays(1)) {
      if (date.getDayOfWeek() == day) {
        LocalDateTime begin = date.atTime(hour, 0);
        Instant from = later(begin.atZone(zone).toInstant(), range.from());
        Instant end = begin.plusHours(1).atZone(zone).toInstant();
        Instant to = end.isBefore(range.to()) ? end : range.to();
        if (from.isBefore(to)) {
          times.add(new TimeRange(from, to));
        }
      }
    }
    return times;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
