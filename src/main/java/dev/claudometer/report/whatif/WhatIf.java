package dev.claudometer.report.whatif;

import dev.claudometer.model.SessionId;
import dev.claudometer.model.Usd;
import java.time.Instant;
import java.util.List;

/// What some responses cost, and what the same tokens cost under another rule.
///
/// @param rule in words
/// @param unsaid what would change besides, and is not in it; empty where nothing would
/// @param responses how many have a price under both
/// @param unpriced how many do not: they are in no sum
/// @param cost at list prices, as it was booked
/// @param costThen under the rule
/// @param changed how many cost something else then
/// @param rows by model, the largest difference first
/// @param changes the responses with the largest differences
/// @param costOfOthers the difference of the changed ones that are not among them
public record WhatIf(
    Instant from,
    Instant to,
    String rule,
    String unsaid,
    long responses,
    long unpriced,
    Usd cost,
    Usd costThen,
    Usd costDifference,
    long changed,
    List<Row> rows,
    List<Change> changes,
    Usd costOfOthers) {

  /// A model, or a month.
  public record Row(String name, long responses, Usd cost, Usd costThen, Usd costDifference) {

    static Row of(String name, long responses, Usd cost, Usd then) {
      return new Row(name, responses, cost, then, then.minus(cost));
    }
  }

  /// A response that makes a difference.
  ///
  /// @param id of its message
  /// @param prompt tokens that the model had to read
  public record Change(
      Instant at,
      String id,
      SessionId session,
      String model,
      long prompt,
      long output,
      Usd cost,
      Usd costThen,
      Usd costDifference) {}
}
