package dev.claudometer.model;

/// A machine that tells of its usage. The id stays when the machine's name changes.
///
/// @param text as the registry gave it, `d_…`
public record DeviceId(String text) implements Comparable<DeviceId> {

  /// The machine that a store is on.
  public static final DeviceId THIS = new DeviceId("");

  @Override
  public int compareTo(DeviceId other) {
    return text.compareTo(other.text);
  }

  /// The id, as messages and answers show it.
  @Override
  public String toString() {
    return text;
  }
}
