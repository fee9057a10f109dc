package dev.claudometer.reconcile;

import java.time.Instant;
import java.util.List;

/// A month that was closed, once or more often.
///
/// @param broken what shows that seals were changed or are missing; empty where nothing does
/// @param seals by time; none where the month is open
/// @param corrections what is not as it was when it was last closed
public record ClosedMonth(
    String month, List<String> broken, List<Seal> seals, List<Correction> corrections) {

  /// One closing.
  ///
  /// @param number over all months
  /// @param hash of this and of all seals before
  /// @param corrections what was not as it had been when the month was closed before
  public record Seal(
      long number, Instant at, String by, String hash, List<Correction> corrections) {}
}
