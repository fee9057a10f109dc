package dev.claudometer.wire.body;

/// Foreign text in a message: cut, and without anything that could act on a terminal or a log.
public final class Excerpt {

  private static final int LONGEST = 80;

  private Excerpt() {}

  /// The first 80 characters in single quotes.
  public static String quoted(String text) {
    return "'" + of(text, LONGEST) + "'";
  }

  /// Control, format and broken characters are written as in JSON.
  public static String of(String text, int longest) {
    var safe = new StringBuilder();
    for (int i = 0; i < Math.min(text.length(), longest); ) {
      int character = text.codePointAt(i);
      if (harmless(character)) {
        safe.appendCodePoint(character);
      } else {
        safe.append(String.format("\\u%04x", character));
      }
      i += Character.charCount(character);
    }
    return text.length() > longest ? safe.append('…').toString() : safe.toString();
  }

  private static boolean harmless(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
