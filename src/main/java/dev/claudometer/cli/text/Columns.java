package dev.claudometer.cli.text;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jline.utils.WCWidth;

/// How many columns of a terminal a text takes: none for an accent of its own, two for `界` and 🤖.
final class Columns {

  private static final Pattern LETTER = Pattern.compile("\\X");

  /// Asks for the coloured, wide form of a sign: `⚠️`.
  private static final String EMOJI = "\ufe0f";

  private Columns() {}

  static int of(String text) {
    return ascii(text) ? text.length() : LETTER.matcher(text).results().mapToInt(Columns::of).sum();
  }

  /// The longest beginning that fits.
  static String first(String text, int columns) {
    int taken = 0;
    for (MatchResult letter : LETTER.matcher(text).results().toList()) {
      taken += of(letter);
      if (taken > columns) {
        return text.substring(0, letter.start());
      }
    }
    return text;
  }

  private static boolean ascii(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
  }

  /// A letter with all that belongs to it is as wide as its widest part.
  private static int of(MatchResult letter) {
    String text = letter.group();
    int widest = text.codePoints().map(WCWidth::wcwidth).max().orElse(0);
    return text.contains(EMOJI) ? 2 : Math.max(0, widest);
  }
}
