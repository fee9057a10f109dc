package dev.claudometer.store;

/// What sums can be split by.
public enum Dimension {
  MODEL,
  PROJECT,
  SESSION,
  BRANCH,
  DEVICE
}
