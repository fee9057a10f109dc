package dev.claudometer.reconcile;

import dev.claudometer.usage.Totals;
import java.util.List;

/// What was counted of a UTC day and model.
///
/// @param plan on machines that use a plan
/// @param usual on all others, but for fast mode
/// @param fast on all others, in fast mode
/// @param machines those with a plan, by name
record Counted(Totals plan, Totals usual, Totals fast, List<String> machines) {

  static final Counted NONE = new Counted(Totals.ZERO, Totals.ZERO, Totals.ZERO, List.of());

  Totals all() {
    return plan.plus(api());
  }

  /// What a bill can be about.
  Totals api() {
    return usual.plus(fast);
  }
}
