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
    return of(name.isEmpty() ? "unknown" : undated(name));
  }

  private static String undated(String name) {
    int end = name.length() - "-20260101".length();
    if (end < 0 || !name.startsWith("-20", end)) {
      return name;
    }
    for (int i = end + "-20".length(); i < name.length(); i++) {
      if (name.charAt(i) < '0' || name.charAt(i) > '9') {
        return name;
      }
    }
    return name.substring(0, end);
  }
}
