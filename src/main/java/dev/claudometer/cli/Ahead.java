package dev.claudometer.cli;

import dev.claudometer.store.sqlite.SqliteStore;

/// Loads what a command will need beside what it needs first.
public final class Ahead {

  private Ahead() {}

  /// Begins with it where the command opens a store, and does not wait.
  public static void begin(String... arguments) {
    if (arguments.length == 0 || PlainLine.isReport(arguments[0])) {
      Thread.ofPlatform().daemon().name("ahead").start(SqliteStore::load);
    }
  }
}
