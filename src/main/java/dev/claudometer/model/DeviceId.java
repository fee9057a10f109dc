package dev.claudometer.model;

import org.jspecify.annotations.Nullable;

/// A machine that tells of its usage. The id stays when the machine's name changes.
///
/// @param text as the registry gave it, `d_…`
public record DeviceId(String text) implements Comparable<DeviceId> {

  /// The machine that a store is on.
  public static final DeviceId THIS = new DeviceId("");

  // a record's own two are chains of method handles, which the quick compiler never makes fast
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DeviceId that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

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
