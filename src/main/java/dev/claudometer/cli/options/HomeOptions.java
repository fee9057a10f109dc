package dev.claudometer.cli.options;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// Where transcripts are looked for.
public final class HomeOptions {

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description =
          "A Claude home to read (contains 'projects'); repeatable. Default: $CLAUDE_CONFIG_DIR,"
              + " else ~/.claude and $XDG_CONFIG_HOME/claude.")
  public List<Path> homes = new ArrayList<>();
}
