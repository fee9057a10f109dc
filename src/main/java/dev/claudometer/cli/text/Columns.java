package dev.claudometer.cli.text;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jline.utils.WCWidth;

/// How many columns of a terminal a text takes: none for an accent of its own, two for `界` and 🤖.
final class Columns {

  /// Asks for the coloured, wide form of a sign: `⚠️`.
  private static final String EMOJI = "\ufe0f";

  private Columns() {}

  static int of(String text) {
    return ascii(text) ? text.length() : letters(text).mapToInt(Columns::of).sum();
  }

  /// The longest beginning that fits.
  static String first(String text, int columns) {
    int taken = 0;
    for (MatchResult letter : letters(text).toList()) {
      taken += of(letter);
      if (taken > columns) {
        return text.substring(0, letter.start());
      }
    }
    return text;
  }

  private static Stream<MatchResult> letters(String text) {
    return Letter.PATTERN.matcher(text).results();
  }

  /// Compiled when the first text comes that is more than ASCII.
  private static final class Letter {
    private static final Pattern PATTERN = Pattern.compile("\\X");
  }

  private static boolean ascii(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7f) {
        return false;
      }
    }
    return true;
  }

  /// A letter with all that belongs to it is as wide as its widest part.
  private static int of(MatchResult letter) {
    String text = letter.group();
    int widest = text.codePoints().map(WCWidth::wcwidth).max().orElse(0);
    return text.contains(EMOJI) ? 2 : Math.max(0, widest);
  }
}
