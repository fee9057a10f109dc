package dev.claudometer.usage.window;

import java.time.Instant;

/// A response that counts in a window, as what may weigh differently there.
///
/// @param written dollars at list prices of input and of what caches were given
/// @param output dollars at list prices
/// @param read dollars at list prices of what caches gave
/// @param unpriced millions of tokens of models without a list price
public record WindowUse(Instant at, double written, double output, double read, double unpriced) {

  static final WindowUse NONE = new WindowUse(Instant.EPOCH, 0, 0, 0, 0);

  WindowUse plus(WindowUse other) {
    return new WindowUse(
        at,
        written + other.written,
        output + other.output,
        read + other.read,
        unpriced + other.unpriced);
  }

  double dollars() {
    return written + output + read;
  }
}
