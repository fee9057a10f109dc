package dev.claudometer.server.web.table;

/// Names as a page can show them. A name may come from anywhere: it may be long, turn the writing
/// direction round, or hold what no screen can show.
public final class Escaped {

  private static final int MOST = 120;
  private static final int LONGEST_LINE = 2_000;

  private Escaped() {}

  /// The name without control and direction characters, cut to a length that fits a page.
  public static String name(String name) {
    return shown(name, MOST);
  }

  /// A line of text, likewise.
  static String line(String line) {
    return shown(line, LONGEST_LINE);
  }

  private static String shown(String name, int most) {
    var shown = new StringBuilder();
    name.codePoints()
        .limit(most + 1L)
        .forEach(letter -> shown.appendCodePoint(visible(letter) ? letter : 0xFFFD));
    if (shown.codePointCount(0, shown.length()) > most) {
      shown.setLength(shown.offsetByCodePoints(0, most));
      shown.append('…');
    }
    return shown.toString();
  }

  private static boolean visible(int letter) {
    return switch (Character.getType(letter)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
