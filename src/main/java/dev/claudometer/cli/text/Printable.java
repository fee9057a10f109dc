package dev.claudometer.cli.text;

import java.util.Locale;

/// Makes names from files safe for a terminal: control and direction characters become visible
/// escapes.
public final class Printable {

  private Printable() {}

  /// `a\x1bb` for an escape character between a and b.
  public static String of(String name) {
    if (name.codePoints().allMatch(Printable::plain)) {
      return name;
    }
    var safe = new StringBuilder();
    name.codePoints()
        .forEach(
            c -> {
              if (plain(c)) {
                safe.appendCodePoint(c);
              } else {
                safe.append(String.format(Locale.ROOT, c < 0x100 ? "\\x%02x" : "\\u%04x", c));
              }
            });
    return safe.toString();
  }

  private static boolean plain(int c) {
    int type = Character.getType(c);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR;
  }

  /// `claude-opus-4-5-20251101` as `opus-4-5`, for columns where every row is Claude.
  public static String model(String id) {
    String name = id.startsWith("claude-") ? id.substring("claude-".length()) : id;
    return of(name.isEmpty() ? "unknown" : name.replaceFirst("-20\\d{6}$", ""));
  }
}
