package dev.claudometer.metric;

/// How series become one: those that have the same labels, and those beyond the limit.
public enum Fold {
  /// Amounts: one is the sum of all.
  ADD,
  /// Timestamps and states: one is the largest.
  LARGEST,
  /// Ratios and prices: one of all would mean nothing, so the first stays and there is none of
  /// those beyond the limit.
  FIRST
}
