package dev.claudometer;

import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.Claudometer;
import java.nio.file.InvalidPathException;

/// Hands the arguments to [Claudometer] and exits with its answer.
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    try {
      System.exit(Claudometer.run(Surroundings.ofProcess(), arguments));
    } catch (InvalidPathException home) {
      System.err.println("claudometer: " + Surroundings.unwritable(home));
      System.exit(Exit.FAILED);
    }
  }
}
