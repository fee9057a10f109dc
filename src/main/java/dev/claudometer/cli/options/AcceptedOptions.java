package dev.claudometer.cli.options;

import dev.claudometer.app.process.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options of ccusage that change nothing here: scripts that have them go on running.
final class AcceptedOptions {

  @Option(
      names = {"-O", "--offline"},
      negatable = true,
      description = "Accepted for scripts: reports never use the network.")
  boolean offline;

  @Option(
      names = {"-d", "--debug"},
      hidden = true)
  boolean debug;

  @Option(names = "--debug-samples", paramLabel = "N", hidden = true)
  int debugSamples;

  @Option(names = "--config", paramLabel = "FILE", hidden = true)
  @Nullable String config;

  @Option(names = "--single-thread", hidden = true)
  boolean singleThread;

  @Option(names = "--all", hidden = true)
  boolean all;

  @Option(names = "--by-agent", hidden = true)
  boolean byAgent;

  /// A file of settings may hold a zone or prices: who has one is told that it does not count.
  void mention(Surroundings surroundings) {
    if (config != null) {
      surroundings.err().println("claudometer: --config is not read: give what it sets as options");
    }
  }
}
