package dev.claudometer.export.fleet;

import dev.claudometer.export.scrape.Collector;
import dev.claudometer.export.scrape.Gathering;
import dev.claudometer.metric.Family;
import dev.claudometer.metric.Fleet;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.pricing.ModelPrice;
import dev.claudometer.pricing.OwnPrices;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.pricing.Rates;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The prices in force, by every id of a Claude model that the price book knows, and of models
/// whose price was set here. A list of all other makers would be thousands of series that nobody
/// uses.
final class Prices implements Collector {

  private final Supplier<PriceBook> prices;
  private final Supplier<Instant> updated;

  Prices(Supplier<PriceBook> prices, Supplier<Instant> updated) {
    this.prices = prices;
    this.updated = updated;
  }

  @Override
  public String source() {
    return "prices";
  }

  @Override
  public void collect(Gathering into, Instant now) {
    for (ModelPrice row : prices.get().rows()) {
      if (!row.id().contains("claude") && !OwnPrices.isOwn(row)) {
        continue;
      }
      Rates rates = row.at(now).standard().rates();
      Stream.concat(Stream.of(row.id()), row.aliases().stream())
          .forEach(
              model -> {
                add(into, Fleet.MODEL_INPUT_PRICE, rates.input(), model);
                add(into, Fleet.MODEL_OUTPUT_PRICE, rates.output(), model);
                add(into, Fleet.MODEL_CACHE_READ_PRICE, rates.cacheRead(), model);
                add(into, Fleet.MODEL_CACHE_CREATION_PRICE, rates.cacheWrite5m(), model);
              });
    }
    into.add(Fleet.PRICING_LAST_UPDATED_TIMESTAMP, Exact.of(updated.get().getEpochSecond()));
  }

  private static void add(Gathering into, Family family, long rate, String model) {
    if (rate != Rates.UNKNOWN) {
      into.add(family, new Exact(rate, 6), model);
    }
  }
}
