package dev.claudometer.reconcile;

import static java.time.ZoneOffset.UTC;

import dev.claudometer.model.BillingTerms;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usage;
import dev.claudometer.pricing.Cost;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.pricing.PromptSizes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Tokens of one model and day at list prices, in nano-dollars; null where they cannot be priced.
record Usages(PriceBook book, String model, Instant at) {

  static Usages of(PriceBook book, CellKey cell) {
    return new Usages(book, cell.model(), cell.day().atStartOfDay(UTC).toInstant());
  }

  /// @param tier and region change the price; empty for none
  @Nullable Long price(TokenCounts tokens, PromptSizes prompts, String tier, String region) {
    return book.priceOfSum(usage(tokens, tier, region), at, prompts) instanceof Cost.Priced priced
        ? priced.amount().nanos()
        : null;
  }

  @Nullable Long standard(TokenCounts tokens, PromptSizes prompts) {
    return price(tokens, prompts, "", "");
  }

  @Nullable Long contract(TokenCounts tokens, PromptSizes prompts, String tier, String region) {
    var price = book.contractPriceOfSum(usage(tokens, tier, region), at, prompts);
    return price == null ? null : price.nanos();
  }

  private Usage usage(TokenCounts tokens, String tier, String region) {
    return new Usage(model, tokens, 0, 0, new BillingTerms(tier, "", region), Usage.ENDED, null);
  }
}
