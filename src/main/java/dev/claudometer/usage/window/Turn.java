package dev.claudometer.usage.window;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where a window did not just fill.
///
/// @param at when it was first told
/// @param before how full the window was
/// @param after how full it was then
/// @param expected when it was to reset; null where nobody had said
public record Turn(Instant at, Kind kind, double before, double after, @Nullable Instant expected) {

  /// What happened.
  public enum Kind {
    /// The window ended when it was to, and another began.
    RESET,
    /// It began again before it was to.
    EARLY_RESET,
    /// It ends earlier than was told before: another plan.
    MOVED,
    /// Readings of a window that ends at another time came between those of this one.
    ANOTHER_ACCOUNT,
    /// The same usage became a smaller part: a promotion, or a larger plan.
    RAISED
  }

  /// How many times as large the limit became; null where it was not raised.
  public @Nullable Double factor() {
    return kind == Kind.RAISED ? (Double) (before / after) : null;
  }
}
