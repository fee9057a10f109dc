package dev.claudometer.server.web.table;

import dev.claudometer.text.Foreign;

/// Names as a page can show them. A name may come from anywhere: it may be long, turn the writing
/// direction round, or hold what no screen can show.
public final class Escaped {

  private static final int MOST = 120;
  private static final int LONGEST_LINE = 2_000;

  private Escaped() {}

  /// The name without control and direction characters, cut to a length that fits a page.
  public static String name(String name) {
    return Foreign.cut(name, MOST);
  }

  /// A line of text, likewise.
  static String line(String line) {
    return Foreign.cut(line, LONGEST_LINE);
  }
}
