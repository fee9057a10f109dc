package dev.claudometer.usage.window;

import java.time.Instant;

/// What filled a window and is nothing that was counted here.
///
/// @param micros millionths of the window
public record ForeignUse(Instant from, Instant until, long micros) {

  ForeignUse and(ForeignUse next) {
    return new ForeignUse(from, next.until, micros + next.micros);
  }
}
