package dev.claudometer.app.answer;

import dev.claudometer.app.process.Surroundings;
import java.util.List;

/// Runs a command line that only asks.
public interface Answering {

  /// Whether a running process may run it: it changes nothing, asks nobody else, and does not take
  /// the terminal.
  boolean onlyAsks(Surroundings asker, List<String> arguments);

  /// Whether its answer follows from the store, the prices and the time: no other file is read.
  boolean ofTheStore(List<String> arguments);

  /// Runs it, as a process of its own would.
  ///
  /// @return the exit code
  int run(Surroundings asker, List<String> arguments);
}
