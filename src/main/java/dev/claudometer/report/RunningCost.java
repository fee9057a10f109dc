package dev.claudometer.report;

import dev.claudometer.model.Usd;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The cost of a period as it adds up, beside that of the whole period before.
///
/// @param steps as many as the longer of both has
public record RunningCost(
    Instant from,
    Instant to,
    ZoneId timeZone,
    Instant previousFrom,
    Instant previousTo,
    Interval step,
    List<Step> steps) {

  /// How much it is at the end of a step.
  ///
  /// @param at where the step begins, in this period
  /// @param cost null for a step that has not begun, or is not in this period
  /// @param previousCost after as many steps of the period before; null where that has fewer
  public record Step(Instant at, @Nullable Usd cost, @Nullable Usd previousCost) {}
}
