package dev.claudometer.reconcile.lines;

import dev.claudometer.model.Usd;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a cause is made of on a UTC day.
///
/// @param responses that were counted; `claudometer explain` tells how each was priced
/// @param uses lines of the usage report
/// @param charges lines of the cost report
/// @param more whether there are more of a kind than are told here
public record CauseLines(
    String cause,
    String title,
    String day,
    List<CountedResponse> responses,
    List<ToldLine> uses,
    List<BilledLine> charges,
    boolean more) {

  /// A response, or a part of one.
  ///
  /// @param cost what it is in sums; null where it has no price
  public record CountedResponse(
      Instant at,
      String message,
      String request,
      String session,
      String machine,
      String model,
      long input,
      long output,
      long cacheWrite,
      long cacheRead,
      int webSearches,
      @Nullable Usd cost) {}

  /// Tokens of a key or an account, by the hour.
  ///
  /// @param holder the key's name, or the account's
  /// @param tier of service, or `subscription` where Anthropic's Claude Code report tells it by the
  ///   day; empty where none is told
  /// @param region of inference; empty where none is told
  public record ToldLine(
      Instant at,
      String holder,
      String workspace,
      String model,
      String tier,
      String region,
      long input,
      long output,
      long cacheWrite,
      long cacheRead) {}

  /// What was billed for something on the day.
  ///
  /// @param type `tokens`, `web_search`, `code_execution`, `session_usage`; empty where none is
  ///   told
  /// @param cost below zero for a credit; null where it is not told
  public record BilledLine(
      Instant at,
      String workspace,
      String model,
      String description,
      String type,
      @Nullable Usd cost) {}
}
