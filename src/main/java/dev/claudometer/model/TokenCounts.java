package dev.claudometer.model;

import org.jspecify.annotations.Nullable;

/// The five disjoint classes of tokens that are billed at five rates.
///
/// @param input uncached prompt tokens
/// @param output answer tokens, thinking included
/// @param cacheWrite5m prompt tokens written to the five-minute cache
/// @param cacheWrite1h prompt tokens written to the one-hour cache
/// @param cacheRead prompt tokens read from a cache
public record TokenCounts(
    long input, long output, long cacheWrite5m, long cacheWrite1h, long cacheRead) {

  public static final TokenCounts ZERO = new TokenCounts(0, 0, 0, 0, 0);

  // a record's own two are chains of method handles, which the quick compiler never makes fast
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TokenCounts that
        && input == that.input
        && output == that.output
        && cacheWrite5m == that.cacheWrite5m
        && cacheWrite1h == that.cacheWrite1h
        && cacheRead == that.cacheRead;
  }

  @Override
  public int hashCode() {
    long writes = 31 * cacheWrite5m + cacheWrite1h;
    return Long.hashCode(31 * (31 * (31 * input + output) + writes) + cacheRead);
  }

  public TokenCounts plus(TokenCounts other) {
    return new TokenCounts(
        input + other.input,
        output + other.output,
        cacheWrite5m + other.cacheWrite5m,
        cacheWrite1h + other.cacheWrite1h,
        cacheRead + other.cacheRead);
  }

  public TokenCounts minus(TokenCounts other) {
    return new TokenCounts(
        input - other.input,
        output - other.output,
        cacheWrite5m - other.cacheWrite5m,
        cacheWrite1h - other.cacheWrite1h,
        cacheRead - other.cacheRead);
  }

  public long cacheWrite() {
    return cacheWrite5m + cacheWrite1h;
  }

  /// Everything the model had to read: what prompt-size price tiers look at.
  public long prompt() {
    return input + cacheWrite() + cacheRead;
  }

  public long total() {
    return prompt() + output;
  }
}
