package dev.claudometer.wire;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// The texts of a delivery, of which most stand in a field that had the same in the element before:
/// then that one is taken, and whoever compares or looks it up need not read it again.
final class RecentTexts {

  /// The bounds of what this holds beyond what the delivery itself does.
  private static final int MOST_FIELDS = 64;

  private static final int LONGEST = 500;

  private final Map<String, String> last = new HashMap<>();

  /// The text that the parser stands at.
  String of(JsonParser parser) throws IOException {
    String field = parser.currentName();
    String before = field == null ? null : last.get(field);
    if (before != null && same(parser, before)) {
      return before;
    }
    String text = parser.getText();
    if (field != null
        && text.length() <= LONGEST
        && (before != null || last.size() < MOST_FIELDS)) {
      last.put(field, text);
    }
    return text;
  }

  private static boolean same(JsonParser parser, String before) throws IOException {
    if (parser.getTextLength() != before.length()) {
      return false;
    }
    char[] chars = parser.getTextCharacters();
    int from = parser.getTextOffset();
    for (int i = before.length() - 1; i >= 0; i--) {
      if (chars[from + i] != before.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
