package dev.claudometer.store.bill;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledGroup;
import java.util.Map;

/// What counters of a bill need: sums that take as long however many buckets there are, and the
/// memory of what they have told.
public interface BillCounters {

  /// The totals that have changed after a revision; all after -1.
  BilledTotals totals(long after);

  /// Makes a counter tell at least these sums from now on, and says all that it tells, in the order
  /// in which its groups began. A bill may be revised downwards; a counter may not fall.
  ///
  /// @param counter which one
  /// @param sums those that may be larger than what was told; none to ask only
  Map<BilledGroup, BilledAmounts> tell(String counter, Map<BilledGroup, BilledAmounts> sums);
}
