package dev.claudometer.store.bill;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;

/// Months that were closed: a chain to which seals are added, and in which none changes.
public interface MonthSeals {

  /// Closes a month, or closes it again: what was sealed before stays.
  ///
  /// @param content its figures
  MonthSeal seal(YearMonth month, Instant at, String by, String content);

  /// By number.
  List<MonthSeal> seals();

  /// What shows that seals were changed or are missing; empty where nothing does.
  List<String> brokenSeals();
}
