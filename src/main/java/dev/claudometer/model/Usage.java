package dev.claudometer.model;

import org.jspecify.annotations.Nullable;

/// What one copy of an API response says was used. Its parts belong together: the winning copy is
/// taken whole.
///
/// @param model the id as the API or a proxy spelled it
/// @param webSearches server-side web searches, billed each
/// @param webFetches server-side web fetches, free
/// @param thinking output tokens that were thought and not said, a part of the output; [#UNTOLD]
///   where nobody tells
/// @param stopReason why the answer ended; null while it had not: then the counts are a snapshot of
///   a stream
/// @param reportedCost what the client itself booked (`costUSD` of clients before 1.0.9); of tokens
///   never zero, which is what clients wrote that knew no price
public record Usage(
    String model,
    TokenCounts tokens,
    int webSearches,
    int webFetches,
    long thinking,
    BillingTerms terms,
    @Nullable String stopReason,
    @Nullable Usd reportedCost) {

  public Usage {
    boolean free = reportedCost != null && reportedCost.nanos() == 0;
    reportedCost = free && tokens.total() > 0 ? null : reportedCost;
  }

  /// How much was thought is not told, which is not nothing.
  public static final long UNTOLD = -1;

  /// Usage that does not tell how much was thought.
  public Usage(
      String model,
      TokenCounts tokens,
      int webSearches,
      int webFetches,
      BillingTerms terms,
      @Nullable String stopReason,
      @Nullable Usd reportedCost) {
    this(model, tokens, webSearches, webFetches, UNTOLD, terms, stopReason, reportedCost);
  }

  public boolean finalised() {
    return stopReason != null;
  }
}
