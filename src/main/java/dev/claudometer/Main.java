package dev.claudometer;

import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.Ahead;
import dev.claudometer.cli.Claudometer;
import java.nio.file.InvalidPathException;
import java.util.List;

/// Hands the arguments to [Claudometer] and exits with its answer.
public final class Main {

  private Main() {}

  /// What a library or a part without a log of its own has to say is one line too. As a property,
  /// it costs nothing where nothing is said.
  private static final String ONE_LINE = "claudometer: %5$s%n";

  public static void main(String[] arguments) {
    System.setProperty("java.util.logging.SimpleFormatter.format", ONE_LINE);
    Ahead.begin(arguments);
    try {
      System.exit(Claudometer.run(Surroundings.ofProcess(), arguments));
    } catch (InvalidPathException home) {
      System.err.println("claudometer: " + Surroundings.unwritable(home));
      // there is always a line
      System.exit(
          List.of(arguments).contains("statusline")
              ? Claudometer.run(Surroundings.ofHomelessProcess(), arguments)
              : Exit.FAILED);
    }
  }
}
