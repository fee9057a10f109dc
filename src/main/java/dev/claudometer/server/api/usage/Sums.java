package dev.claudometer.server.api.usage;

import dev.claudometer.model.Usd;
import dev.claudometer.usage.Totals;

/// Totals as the API shows them.
///
/// @param cost what the client reported where it did, else calculated: dollars
/// @param unpriced responses whose model has no known price: they are in no dollars
public record Sums(
    long responses,
    long unfinalised,
    long unpriced,
    long input,
    long output,
    long cacheWrite5m,
    long cacheWrite1h,
    long cacheRead,
    long webSearches,
    long webFetches,
    Usd cost,
    Usd costCalculated,
    Usd costReported) {

  public static Sums of(Totals totals) {
    return new Sums(
        totals.responses(),
        totals.unfinalised(),
        totals.unpriced(),
        totals.tokens().input(),
        totals.tokens().output(),
        totals.tokens().cacheWrite5m(),
        totals.tokens().cacheWrite1h(),
        totals.tokens().cacheRead(),
        totals.webSearches(),
        totals.webFetches(),
        totals.reportedElseCalculated(),
        totals.calculated(),
        totals.reported());
  }
}
