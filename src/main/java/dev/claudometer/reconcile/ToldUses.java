package dev.claudometer.reconcile;

import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.pricing.PromptSizes;
import dev.claudometer.pricing.SumPrice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the usage report tells of one day and model, while it is read: prices are looked up once
/// for all that runs under the same terms.
final class ToldUses {

  private final Usages prices;
  private final Map<Terms, Prices> known = new HashMap<>();
  private final List<ToldUse> uses = new ArrayList<>();

  ToldUses(Usages prices) {
    this.prices = prices;
  }

  private record Terms(String tier, String region, String window) {

    PromptSizes prompts() {
      return PromptSizes.ofContextWindow(window);
    }
  }

  private record Prices(SumPrice standard, SumPrice tiered, SumPrice list) {

    static Prices of(Usages prices, Terms terms) {
      return new Prices(
          prices.price(terms.prompts(), "", ""),
          prices.price(terms.prompts(), terms.tier(), ""),
          prices.price(terms.prompts(), terms.tier(), terms.region()));
    }
  }

  /// @param unbilled whether no report tells its dollars
  void add(BilledGroup group, TokenCounts tokens, boolean unbilled) {
    var terms =
        new Terms(
            group.named(BilledDimension.SERVICE_TIER),
            group.named(BilledDimension.INFERENCE_GEO),
            group.named(BilledDimension.CONTEXT_WINDOW));
    Prices of = known.computeIfAbsent(terms, each -> Prices.of(prices, each));
    uses.add(
        new ToldUse(
            group,
            tokens,
            unbilled,
            of.standard().nanos(tokens),
            of.tiered().nanos(tokens),
            of.list().nanos(tokens),
            prices.contract(tokens, terms.prompts(), terms.tier(), terms.region())));
  }

  List<ToldUse> all() {
    return uses;
  }
}
