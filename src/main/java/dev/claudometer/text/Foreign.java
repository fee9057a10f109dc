package dev.claudometer.text;

import java.util.Locale;
import java.util.function.IntPredicate;

/// Names and sentences from files, devices and services. They may hold what acts on a terminal,
/// turns the writing direction round, begins a line of its own, or is a formula to a spreadsheet.
public final class Foreign {

  /// What makes a cell a formula, also in the full width that Asian keyboards write.
  private static final String FORMULA = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

  private Foreign() {}

  /// Whether a letter is only shown.
  public static boolean harmless(int letter) {
    return switch (Character.getType(letter)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /// What is not harmless as a visible escape: `a\x1bb` for an escape character between a and b.
  public static String escaped(String text) {
    return escaped(text, Foreign::harmless);
  }

  /// The same for a metric's label, whose format has an escape of its own for line feeds.
  public static String label(String text) {
    return escaped(text, letter -> letter == '\n' || harmless(letter));
  }

  private static String escaped(String text, IntPredicate kept) {
    if (isPrintableAscii(text) || text.codePoints().allMatch(kept)) {
      return text;
    }
    var safe = new StringBuilder();
    text.codePoints()
        .forEach(
            letter -> {
              if (kept.test(letter)) {
                safe.appendCodePoint(letter);
              } else {
                safe.append(
                    String.format(Locale.ROOT, letter < 0x100 ? "\\x%02x" : "\\u%04x", letter));
              }
            });
    return safe.toString();
  }

  /// What most texts are, and harmless whatever is kept.
  private static boolean isPrintableAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7f) {
        return false;
      }
    }
    return true;
  }

  /// What is not harmless as `�`, and not more than so many letters.
  public static String cut(String text, int most) {
    var shown = new StringBuilder();
    text.codePoints()
        .limit(most + 1L)
        .forEach(
            letter -> {
              boolean fine = harmless(letter) && Character.getType(letter) != Character.UNASSIGNED;
              shown.appendCodePoint(fine ? letter : 0xFFFD);
            });
    if (shown.codePointCount(0, shown.length()) > most) {
      shown.setLength(shown.offsetByCodePoints(0, most));
      shown.append('…');
    }
    return shown.toString();
  }

  /// A cell of CSV (RFC 4180): one line, that no spreadsheet takes for a formula.
  public static String cell(String text) {
    String line = escaped(text);
    String first = text.stripLeading();
    boolean formula = !first.isEmpty() && FORMULA.indexOf(first.charAt(0)) >= 0;
    String safe = formula ? "'" + line : line;
    boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"');
    return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }

  /// A line of a log: one line, whatever is in it.
  public static String line(String text) {
    return escaped(text.strip().replaceAll("\\R", " "));
  }
}
