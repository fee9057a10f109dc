package dev.claudometer.reconcile;

import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.TokenCounts;
import org.jspecify.annotations.Nullable;

/// Tokens of Anthropic's usage report under the same terms, and what they cost, in nano-dollars;
/// null where they cannot be priced.
///
/// @param unbilled whether no report tells their dollars
/// @param standard without any terms
/// @param tiered in their tier, as if they had run anywhere
/// @param list at list prices
/// @param contract by contract; null where there is none
record ToldUse(
    BilledGroup group,
    TokenCounts tokens,
    boolean unbilled,
    @Nullable Long standard,
    @Nullable Long tiered,
    @Nullable Long list,
    @Nullable Long contract) {

  String value(BilledDimension dimension) {
    return group.named(dimension);
  }
}
