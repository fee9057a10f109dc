package dev.claudometer.usage.window;

import java.time.Instant;

/// What filled a window and is nothing that was counted here.
///
/// @param micros millionths of the window
public record Foreign(Instant from, Instant until, long micros) {

  Foreign and(Foreign next) {
    return new Foreign(from, next.until, micros + next.micros);
  }
}
