package dev.claudometer.reconcile;

import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.pricing.PromptSizes;
import org.jspecify.annotations.Nullable;

/// Tokens of Anthropic's usage report under the same terms.
///
/// @param unbilled whether no report tells their dollars
record ToldUse(BilledGroup group, TokenCounts tokens, boolean unbilled) {

  String value(BilledDimension dimension) {
    String value = group.value(dimension);
    return value == null ? "" : value;
  }

  private PromptSizes prompts() {
    return PromptSizes.ofContextWindow(value(BilledDimension.CONTEXT_WINDOW));
  }

  @Nullable Long standard(Usages prices) {
    return prices.standard(tokens, prompts());
  }

  /// In its tier, as if it had run anywhere.
  @Nullable Long tiered(Usages prices) {
    return prices.price(tokens, prompts(), value(BilledDimension.SERVICE_TIER), "");
  }

  @Nullable Long list(Usages prices) {
    return prices.price(
        tokens,
        prompts(),
        value(BilledDimension.SERVICE_TIER),
        value(BilledDimension.INFERENCE_GEO));
  }

  @Nullable Long contract(Usages prices) {
    return prices.contract(
        tokens,
        prompts(),
        value(BilledDimension.SERVICE_TIER),
        value(BilledDimension.INFERENCE_GEO));
  }
}
