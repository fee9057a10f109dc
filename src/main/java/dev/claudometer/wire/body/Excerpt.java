package dev.claudometer.wire.body;

import dev.claudometer.text.Foreign;

/// Foreign text in a message: cut, and without anything that could act on a terminal or a log.
public final class Excerpt {

  private static final int LONGEST = 80;

  private Excerpt() {}

  /// The first 80 characters in single quotes.
  public static String quoted(String text) {
    return "'" + of(text, LONGEST) + "'";
  }

  /// What is not harmless is a visible escape.
  public static String of(String text, int longest) {
    return text.length() > longest
        ? Foreign.escaped(text.substring(0, longest)) + '…'
        : Foreign.escaped(text);
  }
}
