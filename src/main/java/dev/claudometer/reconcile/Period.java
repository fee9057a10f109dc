package dev.claudometer.reconcile;

import static java.time.ZoneOffset.UTC;

import dev.claudometer.store.TimeRange;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;

/// Days to be reconciled: responses are counted in days of a zone, bills are cut in UTC.
///
/// @param last included
/// @param zone whose days are counted
public record Period(LocalDate first, LocalDate last, ZoneId zone) {

  public Period {
    if (last.isBefore(first)) {
      throw new IllegalArgumentException(last + " is before " + first);
    }
  }

  public static Period of(YearMonth month, ZoneId zone) {
    return new Period(month.atDay(1), month.atEndOfMonth(), zone);
  }

  /// As it is counted.
  public TimeRange counted() {
    return in(zone);
  }

  /// As it is billed.
  public TimeRange billed() {
    return in(UTC);
  }

  private TimeRange in(ZoneId days) {
    return new TimeRange(
        first.atStartOfDay(days).toInstant(), last.plusDays(1).atStartOfDay(days).toInstant());
  }
}
