package dev.claudometer;

import dev.claudometer.cli.Claudometer;
import dev.claudometer.app.process.Surroundings;

/// Hands the arguments to [Claudometer] and exits with its answer.
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(Claudometer.run(Surroundings.ofProcess(), arguments));
  }
}
