package dev.claudometer.cli.text.status;

import dev.claudometer.usage.Block.BurnRate;

/// How the status line looks.
///
/// @param money false for subscribers, who have limits and no bill
/// @param emoji whether a sign says how fast a block is used
/// @param words whether a word does
/// @param low percent of the context that is green
/// @param medium percent of the context that is yellow; beyond it is red
public record StatusLook(
    boolean money, boolean emoji, boolean words, boolean colored, int low, int medium) {

  public static final StatusLook PLAIN = new StatusLook(true, false, false, false, 50, 80);

  private static final double MODERATE = 2_000;
  private static final double HIGH = 5_000;

  private enum Level {
    NORMAL("32", "🟢", "Normal"),
    MODERATE("33", "⚠️", "Moderate"),
    HIGH("31", "🚨", "High");

    private final String color;
    private final String sign;
    private final String word;

    Level(String color, String sign, String word) {
      this.color = color;
      this.sign = sign;
      this.word = word;
    }
  }

  /// `$0.12/hr 🟢 (Normal)`, by the input and output tokens of a minute.
  String burning(String text, BurnRate rate) {
    double tokens = rate.indicatorTokensPerMinute();
    Level level = tokens < MODERATE ? Level.NORMAL : tokens < HIGH ? Level.MODERATE : Level.HIGH;
    return colored(text, level)
        + (emoji ? " " + level.sign : "")
        + (words ? " (" + level.word + ")" : "");
  }

  /// A text on something of which so much is used.
  String filled(String text, long percent) {
    return colored(
        text, percent < low ? Level.NORMAL : percent < medium ? Level.MODERATE : Level.HIGH);
  }

  private String colored(String text, Level level) {
    return colored ? "\u001b[" + level.color + "m" + text + "\u001b[0m" : text;
  }
}
