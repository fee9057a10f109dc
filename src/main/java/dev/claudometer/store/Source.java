package dev.claudometer.store;

/// Who told of the usage that a question is about.
public enum Source {
  ALL,
  /// All that a transcript has, told by telemetry too or not.
  TRANSCRIPTS,
  /// What no transcript has.
  TELEMETRY
}
