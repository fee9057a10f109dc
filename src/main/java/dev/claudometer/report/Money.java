package dev.claudometer.report;

import dev.claudometer.model.Usd;
import dev.claudometer.usage.CostMode;
import dev.claudometer.usage.Totals;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What something cost, as far as that is known: what has no price is not free.
///
/// @param known the dollars of all that has a price; null where nothing has one
/// @param unpriced how many responses are in no dollars
public record Money(@Nullable Usd known, long unpriced) {

  public static Money of(Totals totals) {
    return of(totals, CostMode.AUTO);
  }

  public static Money of(Totals totals, CostMode mode) {
    Usd cost = totals.cost(mode);
    return new Money(totals.entirelyUnpriced(mode) ? null : cost, totals.unpriced(mode));
  }

  /// Of a response.
  ///
  /// @param cost null where it has no price
  public static Money ofOne(@Nullable Usd cost) {
    return new Money(cost, cost == null ? 1 : 0);
  }

  /// Of responses, those without a price among them as null.
  public static Money ofAll(List<@Nullable Usd> costs) {
    Usd sum = Usd.ZERO;
    long unpriced = 0;
    for (Usd cost : costs) {
      sum = cost == null ? sum : sum.plus(cost);
      unpriced += cost == null ? 1 : 0;
    }
    return new Money(unpriced > 0 && unpriced == costs.size() ? null : sum, unpriced);
  }

  /// Whether nothing of it is known.
  public boolean isUnknown() {
    return known == null;
  }
}
