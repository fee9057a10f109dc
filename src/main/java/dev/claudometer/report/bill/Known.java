package dev.claudometer.report.bill;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.Measure;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.bill.Billing;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How far each of Anthropic's reports is known. Of what it knows and tells nothing of, it says
/// zero; beyond that, nothing is known, which is not zero.
final class Known {

  private static final BilledAmounts ZERO = zero();

  private final Map<BilledReport, TimeRange> extents = new EnumMap<>(BilledReport.class);

  Known(Billing billing) {
    for (BilledReport report : BilledReport.values()) {
      TimeRange extent = billing.known(report);
      if (extent != null) {
        extents.put(report, extent);
      }
    }
  }

  private static BilledAmounts zero() {
    Map<Measure, Long> zeros = new EnumMap<>(Measure.class);
    for (Measure measure : Measure.values()) {
      zeros.put(measure, 0L);
    }
    return new BilledAmounts(zeros);
  }

  /// What a report says of a stretch of time.
  ///
  /// @param told what it tells of it; null for nothing
  /// @return null where nothing is known
  @Nullable BilledAmounts said(
      BilledReport report, TimeRange stretch, @Nullable BilledAmounts told) {
    TimeRange extent = extents.get(report);
    boolean knows =
        extent != null
            && extent.from().isBefore(stretch.to())
            && stretch.from().isBefore(extent.to());
    return told == null && knows ? ZERO : told;
  }

  /// What is told of none where the report knows everything.
  static BilledAmounts orNone(@Nullable BilledAmounts told) {
    return told == null ? ZERO : told;
  }
}
