package dev.claudometer.store.sql.engine;

/// Keeps apart what shares a column: texts of transcripts may hold the separators.
public final class Escapes {

  private Escapes() {}

  /// The text without newline, space and bar: `a b` becomes `a%20b`.
  public static String escape(String text) {
    return text.replace("%", "%25").replace("\n", "%0A").replace(" ", "%20").replace("|", "%7C");
  }

  public static String unescape(String text) {
    return text.replace("%7C", "|").replace("%20", " ").replace("%0A", "\n").replace("%25", "%");
  }
}
