package dev.claudometer.report.bill;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.Usd;
import org.jspecify.annotations.Nullable;

/// What Anthropic billed, as far as its reports tell: usage that they leave out is not free.
///
/// @param known the dollars that are told; null where none are
/// @param unbilledTokens how many tokens are in no dollars, see [Unbilled]
public record BilledCost(@Nullable Usd known, long unbilledTokens) {

  /// @param told what a report of cost says, null for nothing
  /// @param silent what it means that the report says nothing: zero where it knows the time, else
  ///   null
  static BilledCost of(
      @Nullable BilledAmounts told, @Nullable BilledAmounts silent, long unbilledTokens) {
    BilledAmounts said = told == null && unbilledTokens == 0 ? silent : told;
    return new BilledCost(said == null ? null : said.cost(), unbilledTokens);
  }

  /// Whether everything that was used is in the dollars.
  public boolean whole() {
    return known != null && unbilledTokens == 0;
  }

  /// Null where a part of it is unknown.
  public @Nullable Usd total() {
    return whole() ? known : null;
  }
}
