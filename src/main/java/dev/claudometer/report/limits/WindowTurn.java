package dev.claudometer.report.limits;

import dev.claudometer.usage.window.Turn;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where a window did not just fill: see [Turn].
///
/// @param kind `reset`, `early_reset`, `moved`, `another_account` or `raised`
/// @param factor how many times as large the limit became; null where it was not raised
public record WindowTurn(
    Instant at,
    String kind,
    double before,
    double after,
    @Nullable Instant expected,
    @Nullable Double factor) {

  static WindowTurn of(Turn turn) {
    return new WindowTurn(
        turn.at(),
        turn.kind().name().toLowerCase(Locale.ROOT),
        turn.before(),
        turn.after(),
        turn.expected(),
        turn.factor());
  }
}
