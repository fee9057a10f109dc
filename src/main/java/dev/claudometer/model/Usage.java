package dev.claudometer.model;

import java.util.List;
import java.util.Objects;
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
/// @param rounds what each round on the server used, where there were several and they add up to
///   `tokens`; else empty. Rates that depend on the size of a prompt apply to each by itself
public record Usage(
    String model,
    TokenCounts tokens,
    int webSearches,
    int webFetches,
    long thinking,
    BillingTerms terms,
    @Nullable String stopReason,
    @Nullable Usd reportedCost,
    List<TokenCounts> rounds) {

  /// How much was thought is not told, which is not nothing.
  public static final long UNTOLD = -1;

  /// The stop reason of an answer that has ended, where it is not told why.
  public static final String ENDED = "ended";

  private static final String REFUSAL = "refusal";

  public Usage {
    boolean free = reportedCost != null && reportedCost.nanos() == 0;
    reportedCost = free && tokens.total() > 0 ? null : reportedCost;
    rounds = List.copyOf(rounds);
  }

  /// Of one round, which does not tell how much was thought.
  public Usage(
      String model,
      TokenCounts tokens,
      int webSearches,
      int webFetches,
      BillingTerms terms,
      @Nullable String stopReason,
      @Nullable Usd reportedCost) {
    this(
        model, tokens, webSearches, webFetches, UNTOLD, terms, stopReason, reportedCost, List.of());
  }

  // a record's own two are chains of method handles, which the quick compiler never makes fast
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Usage that
        && webSearches == that.webSearches
        && webFetches == that.webFetches
        && thinking == that.thinking
        && tokens.equals(that.tokens)
        && model.equals(that.model)
        && terms.equals(that.terms)
        && Objects.equals(stopReason, that.stopReason)
        && Objects.equals(reportedCost, that.reportedCost)
        && rounds.equals(that.rounds);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * model.hashCode() + tokens.hashCode()) + Objects.hashCode(stopReason);
  }

  public boolean finalised() {
    return stopReason != null;
  }

  /// Whether a transcript tells how the answer ended.
  public boolean written() {
    return finalised() && !ENDED.equals(stopReason);
  }

  /// False for a request that was refused before it had put out anything: Anthropic does not bill
  /// it.
  public boolean billed() {
    return !REFUSAL.equals(stopReason) || tokens.output() > 0;
  }
}
