package dev.claudometer.usage;

/// Where a cost comes from.
public enum CostMode {
  /// What the client reported where it did, else calculated.
  AUTO,
  /// Always from tokens and prices.
  CALCULATE,
  /// Only what the client reported.
  DISPLAY
}
