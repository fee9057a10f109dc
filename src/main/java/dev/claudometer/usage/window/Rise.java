package dev.claudometer.usage.window;

import java.time.Instant;

/// A step of a window's utilisation between two readings.
///
/// @param since when what was before was first told, or the window began
/// @param still when that was last told: what was used until then is a part of less than the
///   readings' resolution
/// @param until when what is now was first told
/// @param amount of the window, of 1; in proportion where the limit was raised later
public record Rise(Instant since, Instant still, Instant until, double amount) {

  Rise times(double factor) {
    return new Rise(since, still, until, amount * factor);
  }
}
