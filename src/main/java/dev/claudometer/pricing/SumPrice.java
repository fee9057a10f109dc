package dev.claudometer.pricing;

import dev.claudometer.model.TokenCounts;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What requests of one model cost together under the same terms at one time: looked up once, for
/// as many sums as there are.
///
/// @param rates null where the model has none, or they depend on the size of each prompt
/// @param factor what terms make of them
public record SumPrice(@Nullable Rates rates, BigDecimal factor) {

  /// Nano-dollars, rounded once, half to even; null where there is no price.
  public @Nullable Long nanos(TokenCounts tokens) {
    return rates == null || rates.lackRateFor(tokens)
        ? null
        : (Long) PriceBook.nanos(rates.picodollars(tokens), factor);
  }
}
