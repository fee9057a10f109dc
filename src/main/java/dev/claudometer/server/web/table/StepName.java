package dev.claudometer.server.web.table;

import dev.claudometer.report.Interval;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// What a step of time is called at an axis and in the table below it: as short as the period
/// allows.
///
/// @param zone whose days they are
/// @param first day of the period
/// @param last day of the period
public record StepName(ZoneId zone, Interval step, LocalDate first, LocalDate last) {

  static StepName of(ZoneId zone, Interval step, Instant from, Instant to) {
    return new StepName(
        zone,
        step,
        LocalDate.ofInstant(from, zone),
        LocalDate.ofInstant(to.isAfter(from) ? to.minusMillis(1) : from, zone));
  }

  /// `09:00` of one day, else `28 Nov 09:00`; `28 Nov`, and `28 Nov 2026` where a period is of
  /// several years; `Nov 2026`.
  String of(Instant at) {
    return DateTimeFormatter.ofPattern(pattern(), Locale.ENGLISH).format(at.atZone(zone));
  }

  private String pattern() {
    String day = first.getYear() == last.getYear() ? "d MMM" : "d MMM uuuu";
    return switch (step) {
      case HOUR -> first.equals(last) ? "HH:mm" : day + " HH:mm";
      case DAY, WEEK -> day;
      case MONTH -> "MMM uuuu";
    };
  }
}
