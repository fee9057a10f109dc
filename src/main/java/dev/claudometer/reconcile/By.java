package dev.claudometer.reconcile;

/// What a reconciliation can be split by.
public enum By {
  /// In UTC, as bills are cut.
  DAY,
  MODEL,
  WORKSPACE,
  KEY,
  /// Whose machines, keys and accounts.
  PERSON
}
