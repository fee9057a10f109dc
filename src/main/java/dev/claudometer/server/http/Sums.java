package dev.claudometer.server.http;

import dev.claudometer.model.Usd;
import dev.claudometer.report.Money;
import dev.claudometer.usage.CostMode;
import dev.claudometer.usage.Totals;
import org.jspecify.annotations.Nullable;

/// Totals as answers show them.
///
/// @param cost what the client reported where it did, else calculated: dollars; null where nothing
///   has a price
/// @param unpriced responses whose model has no known price: they are in no dollars
/// @param costCalculated null where nothing has a price
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
    @Nullable Usd cost,
    @Nullable Usd costCalculated,
    Usd costReported) {

  static Sums of(Totals totals) {
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
        Money.of(totals).known(),
        Money.of(totals, CostMode.CALCULATE).known(),
        totals.reported());
  }
}
