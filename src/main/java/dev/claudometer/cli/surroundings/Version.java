package dev.claudometer.cli.surroundings;

import picocli.CommandLine.IVersionProvider;

/// The version that the jar's manifest names.
public final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"claudometer " + text()};
  }

  /// The bare version.
  public static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(unpackaged)" : version;
  }
}
