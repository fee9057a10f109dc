package dev.claudometer.app.process;

/// The version that the jar's manifest names.
public final class Version {

  private Version() {}

  /// The bare version.
  public static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(unpackaged)" : version;
  }
}
