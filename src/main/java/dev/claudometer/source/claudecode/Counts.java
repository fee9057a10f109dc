package dev.claudometer.source.claudecode;

import dev.claudometer.model.BillingTerms;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usage;
import dev.claudometer.model.Usd;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a usage, or a round of it, tells: tokens, searches, and the terms that its price goes by.
/// Reused from line to line: never kept.
final class Counts {

  /// -1 where nobody says.
  long input;

  long output;
  long cacheWrite;
  long cacheWrite5m;
  long cacheWrite1h;
  long cacheRead;
  long webSearches;
  long webFetches;
  long thinking;

  /// Empty where nobody says, and so are the two below.
  String serviceTier = "";

  String speed = "";
  String inferenceGeo = "";

  void clear() {
    input = -1;
    output = -1;
    cacheWrite = 0;
    cacheWrite5m = 0;
    cacheWrite1h = 0;
    cacheRead = 0;
    webSearches = 0;
    webFetches = 0;
    thinking = Usage.UNTOLD;
    serviceTier = "";
    speed = "";
    inferenceGeo = "";
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

  BillingTerms terms() {
    return new BillingTerms(serviceTier, speed, inferenceGeo);
  }

  /// All of it, at prices that go by `terms`.
  Usage usage(
      String model,
      BillingTerms terms,
      @Nullable String stopReason,
      @Nullable Usd reportedCost,
      List<TokenCounts> rounds) {
    return new Usage(
        model,
        tokens(),
        (int) Math.min(Integer.MAX_VALUE, webSearches),
        (int) Math.min(Integer.MAX_VALUE, webFetches),
        thinking,
        terms,
        stopReason,
        reportedCost,
        rounds);
  }
}
