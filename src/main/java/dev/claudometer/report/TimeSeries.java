package dev.claudometer.report;

import dev.claudometer.usage.Totals;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// What was used over time. A step without usage has no point.
///
/// @param weekStart the first day of a week
public record TimeSeries(
    Instant from,
    Instant to,
    ZoneId timeZone,
    Interval step,
    DayOfWeek weekStart,
    List<Point> points) {

  /// When each step begins, up to now; also those without usage.
  public List<Instant> steps(Instant now) {
    Instant end = to.isBefore(now) ? to : now;
    List<Instant> steps = new ArrayList<>();
    Instant at = step.begin(from, timeZone, weekStart);
    while (at.isBefore(end)) {
      steps.add(at);
      at = step.next(at, timeZone);
    }
    return steps;
  }

  /// What was used in one step.
  ///
  /// @param at when the step begins; a day begins at midnight of the zone
  public record Point(Instant at, String key, String name, Totals totals) {}
}
