package dev.claudometer.cli.text;

import dev.claudometer.text.Foreign;

/// Makes names from files safe for a terminal: control and direction characters become visible
/// escapes.
public final class Printable {

  private Printable() {}

  /// `a\x1bb` for an escape character between a and b.
  public static String of(String name) {
    return Foreign.escaped(name);
  }

  /// `claude-opus-4-5-20251101` as `opus-4-5`, for columns where every row is Claude.
  public static String model(String id) {
    String name = id.startsWith("claude-") ? id.substring("claude-".length()) : id;
    return of(name.isEmpty() ? "unknown" : name.replaceFirst("-20\\d{6}$", ""));
  }
}
