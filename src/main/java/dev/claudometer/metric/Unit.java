package dev.claudometer.metric;

/// What a value is counted in.
public enum Unit {
  NONE,
  TOKENS,
  USD,
  SECONDS,
  BYTES,
  RATIO,
  PERCENT
}
