package dev.claudometer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.time.DateTimeException;

/// Writes a Claude home of a given size, and beside it a manifest of the usage that a correct
/// reader finds there.
public final class GenerateHome {

  private GenerateHome() {}

  public static void main(String[] arguments) throws IOException {
    System.exit(run(arguments));
  }

  private static int run(String... arguments) throws IOException {
    Options options;
    try {
      options = Options.parse(arguments);
    } catch (IllegalArgumentException | DateTimeException e) {
      System.err.println(e.getMessage() + "\n" + Options.USAGE);
      return 2;
    }
    if (Files.exists(options.out().resolve("projects"))) {
      System.err.println(
          options.out() + " has a projects folder already: remove it or choose another --out");
      return 2;
    }
    new Home(options).write();
    return 0;
  }
}
