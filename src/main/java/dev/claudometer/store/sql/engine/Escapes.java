package dev.claudometer.store.sql.engine;

/// Keeps apart what shares a column: texts of transcripts may hold the separators.
public final class Escapes {

  private Escapes() {}

  /// The text without newline, space and bar: `a b` becomes `a%20b`.
  public static String escape(String text) {
    return isPlain(text) ? text : escaped(text);
  }

  /// A plain loop: each id and name of a tool is looked at, and hardly one has to be changed.
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%' || c == '\n' || c == ' ' || c == '|') {
        return false;
      }
    }
    return true;
  }

  private static String escaped(String text) {
    return text.replace("%", "%25").replace("\n", "%0A").replace(" ", "%20").replace("|", "%7C");
  }

  public static String unescape(String text) {
    return text.replace("%7C", "|").replace("%20", " ").replace("%0A", "\n").replace("%25", "%");
  }
}
