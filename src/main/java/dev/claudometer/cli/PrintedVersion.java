package dev.claudometer.cli;

import dev.claudometer.cli.surroundings.Version;
import picocli.CommandLine.IVersionProvider;

/// What `--version` prints.
final class PrintedVersion implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"claudometer " + Version.text()};
  }
}
