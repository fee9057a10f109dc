package dev.claudometer.pricing;

import dev.claudometer.model.TokenCounts;

/// Prices of the five classes in picodollars per token, which is millionths of a dollar per million
/// tokens.
///
/// A rate with up to six decimals per million tokens is thus a whole number, and sums are exact.
public record Rates(long input, long output, long cacheWrite5m, long cacheWrite1h, long cacheRead) {

  /// The rate of a class that nobody has published.
  public static final long UNKNOWN = -1;

  /// True where a class has tokens and no rate.
  boolean lackRateFor(TokenCounts tokens) {
    return (input < 0 && tokens.input() > 0)
        || (output < 0 && tokens.output() > 0)
        || (cacheWrite5m < 0 && tokens.cacheWrite5m() > 0)
        || (cacheWrite1h < 0 && tokens.cacheWrite1h() > 0)
        || (cacheRead < 0 && tokens.cacheRead() > 0);
  }

  /// Picodollars for tokens of known rates. Up to 1e9 tokens a class and $1,000 a million it fits a
  /// long.
  long picodollars(TokenCounts tokens) {
    return Math.multiplyExact(input, tokens.input())
        + Math.multiplyExact(output, tokens.output())
        + Math.multiplyExact(cacheWrite5m, tokens.cacheWrite5m())
        + Math.multiplyExact(cacheWrite1h, tokens.cacheWrite1h())
        + Math.multiplyExact(cacheRead, tokens.cacheRead());
  }
}
