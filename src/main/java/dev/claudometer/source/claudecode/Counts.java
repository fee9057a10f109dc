package dev.claudometer.source.claudecode;

import dev.claudometer.model.TokenCounts;

/// Tokens as a usage, or a round of it, tells them. Reused from line to line: never kept.
final class Counts {

  /// -1 where nobody says.
  long input;

  long output;
  long cacheWrite;
  long cacheWrite5m;
  long cacheWrite1h;
  long cacheRead;

  void clear() {
    input = -1;
    output = -1;
    cacheWrite = 0;
    cacheWrite5m = 0;
    cacheWrite1h = 0;
    cacheRead = 0;
  }

  boolean readable() {
    return input >= 0 && output >= 0;
  }

  /// The flat count and the split are reconciled: a fork's copy after a compaction has all flat
  /// counts 0 and the split still filled, which then means nothing.
  TokenCounts tokens() {
    long in = Math.max(0, input);
    long out = Math.max(0, output);
    if (in == 0 && out == 0 && cacheWrite == 0 && cacheRead == 0) {
      return TokenCounts.ZERO;
    }
    long written = Math.max(cacheWrite, cacheWrite5m + cacheWrite1h);
    return new TokenCounts(in, out, written - cacheWrite1h, cacheWrite1h, cacheRead);
  }
}
