package dev.claudometer.store.bill;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.BilledReport;
import java.util.List;

/// Totals over all buckets of their reports, and the revision up to which they tell.
public record BilledTotals(long revision, List<Total> totals) {

  public BilledTotals {
    totals = List.copyOf(totals);
  }

  /// What all buckets of a report say of one group.
  ///
  /// @param amounts sums of what is known: a measure that no bucket knows is not in it
  public record Total(BilledReport report, BilledGroup group, BilledAmounts amounts) {}
}
