package dev.claudometer.report;

import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Days that go on with the calendar: which they are depends on what day it is.
public enum RollingPeriod {
  TODAY("Today"),
  YESTERDAY("Yesterday"),
  SEVEN_DAYS("7 days"),
  THIRTY_DAYS("30 days"),
  THIS_MONTH("This month"),
  LAST_MONTH("Last month"),
  THIS_WEEK("This week"),
  LAST_WEEK("Last week"),
  THIS_QUARTER("This quarter"),
  LAST_QUARTER("Last quarter"),
  BILLING_MONTH("Billing month"),
  TWELVE_MONTHS("12 months");

  private final String title;

  RollingPeriod(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }

  /// As addresses and programs call it: `7-days`.
  public String word() {
    return title.toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  /// Null where no period has that word.
  public static @Nullable RollingPeriod of(String word) {
    for (RollingPeriod period : values()) {
      if (period.word().equals(word)) {
        return period;
      }
    }
    return null;
  }

  public static List<String> words() {
    return Stream.of(values()).map(RollingPeriod::word).toList();
  }

  /// Those that there are: a billing month that begins on the 1st is a month, and no other period.
  public static List<RollingPeriod> all(Beginnings beginnings) {
    return Stream.of(values())
        .filter(period -> period != BILLING_MONTH || beginnings.day() != 1)
        .toList();
  }

  /// How many months the one before begins earlier; 0 where it is as many days as this one has.
  public int months() {
    return switch (this) {
      case TODAY, YESTERDAY, SEVEN_DAYS, THIRTY_DAYS, THIS_WEEK, LAST_WEEK -> 0;
      case THIS_MONTH, LAST_MONTH, BILLING_MONTH -> 1;
      case THIS_QUARTER, LAST_QUARTER -> 3;
      case TWELVE_MONTHS -> 12;
    };
  }

  public LocalDate from(LocalDate today, Beginnings beginnings) {
    LocalDate month = today.withDayOfMonth(1);
    return switch (this) {
      case TODAY -> today;
      case YESTERDAY -> today.minusDays(1);
      case SEVEN_DAYS -> today.minusDays(6);
      case THIRTY_DAYS -> today.minusDays(29);
      case THIS_WEEK -> week(today, beginnings);
      case LAST_WEEK -> week(today, beginnings).minusWeeks(1);
      case THIS_MONTH -> month;
      case LAST_MONTH -> month.minusMonths(1);
      case THIS_QUARTER -> quarter(today);
      case LAST_QUARTER -> quarter(today).minusMonths(3);
      case BILLING_MONTH -> beginnings.billed(today);
      case TWELVE_MONTHS -> month.minusMonths(11);
    };
  }

  /// The last day, included.
  public LocalDate to(LocalDate today, Beginnings beginnings) {
    return switch (this) {
      case YESTERDAY -> today.minusDays(1);
      case LAST_WEEK -> week(today, beginnings).minusDays(1);
      case LAST_MONTH -> today.withDayOfMonth(1).minusDays(1);
      case LAST_QUARTER -> quarter(today).minusDays(1);
      case TODAY,
          SEVEN_DAYS,
          THIRTY_DAYS,
          THIS_WEEK,
          THIS_MONTH,
          THIS_QUARTER,
          BILLING_MONTH,
          TWELVE_MONTHS ->
          today;
    };
  }

  private static LocalDate week(LocalDate today, Beginnings beginnings) {
    return today.with(TemporalAdjusters.previousOrSame(beginnings.week()));
  }

  private static LocalDate quarter(LocalDate today) {
    return today.with(IsoFields.DAY_OF_QUARTER, 1);
  }
}
