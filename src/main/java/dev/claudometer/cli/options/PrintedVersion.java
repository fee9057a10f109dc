package dev.claudometer.cli.options;

import dev.claudometer.app.process.Version;
import picocli.CommandLine.IVersionProvider;

/// What `--version` prints.
public final class PrintedVersion implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"claudometer " + Version.text()};
  }
}
