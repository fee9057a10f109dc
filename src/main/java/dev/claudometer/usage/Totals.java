package dev.claudometer.usage;

import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usd;

/// Sums over counted responses and their parts. What is unpriced is in the tokens and not in the
/// dollars.
///
/// @param responses counted responses; none where a model only had parts in them
/// @param parts what was billed beside the responses: it is in the tokens and the dollars
/// @param unfinalised responses without a stop reason on any copy
/// @param unpriced responses and parts whose model, or a class of it, has no known price
/// @param calculated dollars by our price book
/// @param reported dollars that the client itself wrote; zero where it wrote none
/// @param reportedElseCalculated dollars of cost mode `auto`
public record Totals(
    long responses,
    long parts,
    long unfinalised,
    long unpriced,
    TokenCounts tokens,
    long webSearches,
    long webFetches,
    Usd calculated,
    Usd reported,
    Usd reportedElseCalculated) {

  public static final Totals ZERO =
      new Totals(0, 0, 0, 0, TokenCounts.ZERO, 0, 0, Usd.ZERO, Usd.ZERO, Usd.ZERO);

  public Totals plus(Totals other) {
    return new Totals(
        responses + other.responses,
        parts + other.parts,
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
        parts - other.parts,
        unfinalised - other.unfinalised,
        unpriced - other.unpriced,
        tokens.minus(other.tokens),
        webSearches - other.webSearches,
        webFetches - other.webFetches,
        calculated.minus(other.calculated),
        reported.minus(other.reported),
        reportedElseCalculated.minus(other.reportedElseCalculated));
  }

  /// What has a price, or lacks one: responses, and what was billed beside them.
  public long billed() {
    return responses + parts;
  }

  /// True where there is something, and nothing of it has a price.
  public boolean entirelyUnpriced() {
    return unpriced > 0 && unpriced == billed();
  }

  public Usd cost(CostMode mode) {
    return switch (mode) {
      case AUTO -> reportedElseCalculated;
      case CALCULATE -> calculated;
      case DISPLAY -> reported;
    };
  }
}
