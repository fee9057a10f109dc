package dev.claudometer.report.limits;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a window of a plan was filled over some weeks, and how another plan's would have been.
///
/// @param windows how many windows ended in these weeks that anybody read
/// @param full how many of them were full
/// @param blockedSeconds how long nobody could go on
/// @param most the fullest of them, of 1
public record PlanFit(
    String account,
    String window,
    int weeks,
    int windows,
    int full,
    long blockedSeconds,
    double most,
    List<OtherPlan> plans) {

  /// What a plan would have done.
  ///
  /// @param plan `pro`, `max` or `ultra`
  /// @param full how many windows would have been full; null where that cannot be known
  /// @param guessed how many windows that is a guess for: those that were full, whose usage would
  ///   have gone on as it had until then
  /// @param known how it is known, or why it is not
  public record OtherPlan(String plan, @Nullable Integer full, int guessed, String known) {}
}
