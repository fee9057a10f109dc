package dev.claudometer.metric;

/// What Prometheus calls the type of a family.
public enum Type {
  /// Never falls.
  COUNTER,
  /// Goes up and down.
  GAUGE,
  /// How many values were up to each bound; never falls.
  HISTOGRAM,
  /// Quantiles of late, and a sum and a count that never fall.
  SUMMARY
}
