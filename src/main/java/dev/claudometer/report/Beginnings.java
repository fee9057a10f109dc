package dev.claudometer.report;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;

/// On which days weeks and billing months begin.
///
/// @param day of the month: 1 to 31; in a month that has no such day the last one
public record Beginnings(DayOfWeek week, int day) {

  /// Weeks begin on Mondays, and a billing month is a month.
  public static final Beginnings USUAL = new Beginnings(DayOfWeek.MONDAY, 1);

  /// The day that the billing month begins on which begins in this month.
  public LocalDate in(YearMonth month) {
    return month.atDay(Math.min(day, month.lengthOfMonth()));
  }

  /// The first day of the billing month that a day is in.
  LocalDate billed(LocalDate today) {
    LocalDate begin = in(YearMonth.from(today));
    return today.isBefore(begin) ? in(YearMonth.from(today).minusMonths(1)) : begin;
  }
}
