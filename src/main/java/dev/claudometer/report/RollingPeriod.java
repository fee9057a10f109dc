package dev.claudometer.report;

import java.time.LocalDate;
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

  public LocalDate from(LocalDate today) {
    return switch (this) {
      case TODAY -> today;
      case YESTERDAY -> today.minusDays(1);
      case SEVEN_DAYS -> today.minusDays(6);
      case THIRTY_DAYS -> today.minusDays(29);
      case THIS_MONTH -> today.withDayOfMonth(1);
      case LAST_MONTH -> today.withDayOfMonth(1).minusMonths(1);
      case TWELVE_MONTHS -> today.withDayOfMonth(1).minusMonths(11);
    };
  }

  /// The last day, included.
  public LocalDate to(LocalDate today) {
    return switch (this) {
      case YESTERDAY -> today.minusDays(1);
      case LAST_MONTH -> today.withDayOfMonth(1).minusDays(1);
      case TODAY, SEVEN_DAYS, THIRTY_DAYS, THIS_MONTH, TWELVE_MONTHS -> today;
    };
  }
}
