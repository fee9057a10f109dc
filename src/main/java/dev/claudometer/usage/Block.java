package dev.claudometer.usage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A five-hour window of activity, or the gap between two.
///
/// @param start the first response's instant, floored to the UTC hour; for a gap, when it begins
/// @param end `start` plus the window's length; for a gap, the next response
/// @param firstAt the first response; `start` in a gap
/// @param lastAt the last response; null in a gap
/// @param models in order of first use
public record Block(
    Instant start,
    Instant end,
    Instant firstAt,
    @Nullable Instant lastAt,
    boolean active,
    Totals totals,
    List<String> models) {

  public Block {
    models = List.copyOf(models);
  }

  public boolean gap() {
    return lastAt == null;
  }

  /// How fast an active block is used; null while it has no extent in time.
  public @Nullable BurnRate burnRate(CostMode mode) {
    if (lastAt == null) {
      return null;
    }
    double minutes = Duration.between(firstAt, lastAt).toMillis() / 60_000.0;
    if (minutes <= 0) {
      return null;
    }
    double indicator = totals.tokens().input() + (double) totals.tokens().output();
    return new BurnRate(
        totals.tokens().total() / minutes,
        indicator / minutes,
        totals.cost(mode).nanos() / 1e9 / minutes * 60);
  }

  /// Where an active block will end at its present rate.
  public @Nullable Projection projection(CostMode mode, Instant now) {
    BurnRate rate = burnRate(mode);
    if (rate == null || !active) {
      return null;
    }
    long remaining = Math.max(0, Math.round(Duration.between(now, end).toMillis() / 60_000.0));
    double cost = totals.cost(mode).nanos() / 1e9 + rate.costPerHour() / 60 * remaining;
    return new Projection(
        Math.round(totals.tokens().total() + rate.tokensPerMinute() * remaining),
        Math.round(cost * 100) / 100.0,
        remaining);
  }

  /// Estimates for people, so in floating point.
  ///
  /// @param tokensPerMinute all classes
  /// @param indicatorTokensPerMinute input and output only
  /// @param costPerHour dollars
  public record BurnRate(
      double tokensPerMinute, double indicatorTokensPerMinute, double costPerHour) {}

  /// What a block will hold when it ends.
  ///
  /// @param totalTokens at the block's end
  /// @param totalCost dollars at the block's end, to the cent
  public record Projection(long totalTokens, double totalCost, long remainingMinutes) {}
}
