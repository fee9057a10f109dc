package dev.claudometer.reconcile;

import dev.claudometer.usage.Totals;
import org.jspecify.annotations.Nullable;

/// A day and model that has been settled.
///
/// @param counted in the UTC day
/// @param told at list prices, in nano-dollars; null where that cannot be known
/// @param billed in nano-dollars
/// @param known whether the bill of the day is known, be it in part
record Settled(
    CellKey key, Totals counted, @Nullable Long told, long billed, boolean known, Tally tally) {

  long nanos() {
    return counted.reportedElseCalculated().nanos();
  }
}
