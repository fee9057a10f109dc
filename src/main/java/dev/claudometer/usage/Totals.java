package dev.claudometer.usage;

import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usd;

/// Sums over counted responses. Unpriced responses are in the tokens and not in the dollars.
///
/// @param responses counted responses
/// @param unfinalised those of them without a stop reason on any copy
/// @param unpriced those of them whose model, or a class of it, has no known price
/// @param calculated dollars by our price book
/// @param reported dollars that the client itself wrote; zero where it wrote none
/// @param reportedElseCalculated dollars of cost mode `auto`
public record Totals(
    long responses,
    long unfinalised,
    long unpriced,
    TokenCounts tokens,
    long webSearches,
    long webFetches,
    Usd calculated,
    Usd reported,
    Usd reportedElseCalculated) {

  public static final Totals ZERO =
      new Totals(0, 0, 0, TokenCounts.ZERO, 0, 0, Usd.ZERO, Usd.ZERO, Usd.ZERO);

  public Totals plus(Totals other) {
    return new Totals(
        responses + other.responses,
        unfinalised + other.unfinalised,
        unpriced + other.unpriced,
        tokens.plus(other.tokens),
        webSearches + other.webSearches,
        webFetches + other.webFetches,
        calculated.plus(other.calculated),
        reported.plus(other.reported),
        reportedElseCalculated.plus(other.reportedElseCalculated));
  }

  public Totals minus(Totals other) {
    return new Totals(
        responses - other.responses,
        unfinalised - other.unfinalised,
        unpriced - other.unpriced,
        tokens.minus(other.tokens),
        webSearches - other.webSearches,
        webFetches - other.webFetches,
        calculated.minus(other.calculated),
        reported.minus(other.reported),
        reportedElseCalculated.minus(other.reportedElseCalculated));
  }

  public Usd cost(CostMode mode) {
    return switch (mode) {
      case AUTO -> reportedElseCalculated;
      case CALCULATE -> calculated;
      case DISPLAY -> reported;
    };
  }
}
