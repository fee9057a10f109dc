package dev.claudometer.server.api.kept;

import dev.claudometer.server.http.Problem;
import dev.claudometer.text.Foreign;
import org.jspecify.annotations.Nullable;

/// What people type: one line, of bounded length, without what no screen shows.
final class KeptText {

  static final int LONGEST_NAME = 80;
  static final int LONGEST_NOTE = 200;

  private KeptText() {}

  /// @throws Problem 422 where it cannot be a name
  static String name(@Nullable String text) {
    return line("name", text, LONGEST_NAME);
  }

  /// @throws Problem 422 where it cannot be a note
  static String note(@Nullable String text) {
    return line("text", text, LONGEST_NOTE);
  }

  private static String line(String field, @Nullable String text, int longest) {
    String line = text == null ? "" : text.strip();
    boolean fits = !line.isEmpty() && line.codePointCount(0, line.length()) <= longest;
    if (!fits || !line.codePoints().allMatch(KeptText::shown)) {
      throw Problem.of(
          422, "'" + field + "' has to be one line of 1 to " + longest + " letters that are shown");
    }
    return line;
  }

  /// Emoji are joined by a character of format.
  private static boolean shown(int letter) {
    return Foreign.harmless(letter) || letter == 0x200D;
  }
}
