package dev.claudometer.reconcile;

import static java.time.ZoneOffset.UTC;

import dev.claudometer.model.BillingTerms;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usage;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.pricing.PromptSizes;
import dev.claudometer.pricing.SumPrice;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Tokens of one model and day at list prices, in nano-dollars; null where they cannot be priced.
record Usages(PriceBook book, String model, Instant at) {

  static Usages of(PriceBook book, CellKey cell) {
    return new Usages(book, cell.model(), cell.day().atStartOfDay(UTC).toInstant());
  }

  /// @param tier and region change the price; empty for none
  SumPrice price(PromptSizes prompts, String tier, String region) {
    return book.sumPrice(model, new BillingTerms(tier, "", region), at, prompts);
  }

  @Nullable Long standard(TokenCounts tokens) {
    return price(PromptSizes.ANY, "", "").nanos(tokens);
  }

  @Nullable Long contract(TokenCounts tokens, PromptSizes prompts, String tier, String region) {
    var usage =
        new Usage(model, tokens, 0, 0, new BillingTerms(tier, "", region), Usage.ENDED, null);
    var price = book.contractPriceOfSum(usage, at, prompts);
    return price == null ? null : price.nanos();
  }
}
