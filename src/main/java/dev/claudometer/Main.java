package dev.claudometer;

import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.Claudometer;

/// Hands the arguments to [Claudometer] and exits with its answer.
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(Claudometer.run(Surroundings.ofProcess(), arguments));
  }
}
