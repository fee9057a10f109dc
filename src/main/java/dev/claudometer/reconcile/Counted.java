package dev.claudometer.reconcile;

import dev.claudometer.report.KnownMachines;
import dev.claudometer.usage.Totals;
import java.util.Map;
import java.util.Set;

/// What was counted of a UTC day and model.
///
/// @param plan on machines that use a plan
/// @param usual on all others, but for fast mode
/// @param fast on all others, in fast mode
/// @param machines those with a plan
record Counted(Totals plan, Totals usual, Totals fast, Tally.Machines machines) {

  static final Counted NONE =
      new Counted(
          Totals.ZERO,
          Totals.ZERO,
          Totals.ZERO,
          new Tally.Machines(Set.of(), new KnownMachines.Names(Map.of(), Map.of(), Map.of())));

  Totals all() {
    return plan.plus(api());
  }

  /// What a bill can be about.
  Totals api() {
    return usual.plus(fast);
  }
}
