package dev.claudometer.reconcile;

import static java.time.ZoneOffset.UTC;

import dev.claudometer.model.BilledReport;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.bill.Billing;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How far Anthropic's reports are known, day by day.
final class Reach {

  private final Map<BilledReport, TimeRange> extents = new EnumMap<>(BilledReport.class);
  private final Instant asked;

  Reach(Billing billing, Instant now) {
    for (BilledReport report : BilledReport.values()) {
      TimeRange extent = billing.known(report);
      if (extent != null) {
        extents.put(report, extent);
      }
    }
    Instant done = billing.poll("adminapi/cost").done();
    asked = done == null || done.isAfter(now) ? now : done;
  }

  /// Whether a day is before the first one of the bill.
  boolean before(LocalDate day) {
    TimeRange extent = extents.get(BilledReport.COST);
    return extent == null || end(day).compareTo(extent.from()) <= 0;
  }

  /// Whether the bill of a day was asked for when the day was over.
  boolean closed(LocalDate day) {
    return within(BilledReport.COST, day) && !end(day).isAfter(asked);
  }

  boolean within(BilledReport report, LocalDate day) {
    TimeRange extent = extents.get(report);
    return extent != null
        && !day.atStartOfDay(UTC).toInstant().isBefore(extent.from())
        && !end(day).isAfter(extent.to());
  }

  /// Whether the bill is known of any of the time.
  boolean overlaps(TimeRange time) {
    TimeRange extent = extents.get(BilledReport.COST);
    return extent != null && extent.from().isBefore(time.to()) && time.from().isBefore(extent.to());
  }

  @Nullable TimeRange bill() {
    return extent(BilledReport.COST);
  }

  /// From when to when a report is known; null where it is not.
  @Nullable TimeRange extent(BilledReport report) {
    return extents.get(report);
  }

  private static Instant end(LocalDate day) {
    return day.plusDays(1).atStartOfDay(UTC).toInstant();
  }
}
