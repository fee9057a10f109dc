package dev.claudometer.store.sqlite;

/// What a committed transaction survives.
public enum Durability {
  /// The end of the process. A power cut may take the last transactions, each whole and with its
  /// cursors: they are read again.
  PROCESS("NORMAL"),
  /// A power cut as well: somebody else relies on it.
  POWER_CUT("FULL");

  private final String synchronous;

  Durability(String synchronous) {
    this.synchronous = synchronous;
  }

  String synchronous() {
    return synchronous;
  }
}
