package dev.claudometer.usage;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/// What a report's rows stand for. A period is named by its first day.
public enum PeriodKind {
  DAY,
  WEEK,
  MONTH;

  /// The first day of the period that a day belongs to.
  public LocalDate first(LocalDate day, DayOfWeek startOfWeek) {
    return switch (this) {
      case DAY -> day;
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(startOfWeek));
      case MONTH -> day.withDayOfMonth(1);
    };
  }

  /// The first day of the next period.
  public LocalDate next(LocalDate first) {
    return switch (this) {
      case DAY -> first.plusDays(1);
      case WEEK -> first.plusWeeks(1);
      case MONTH -> first.plusMonths(1);
    };
  }
}
