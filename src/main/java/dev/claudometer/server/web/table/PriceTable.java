package dev.claudometer.server.web.table;

import dev.claudometer.server.api.PricesApi.Price;
import dev.claudometer.server.api.PricesApi.Prices;
import dev.claudometer.server.web.table.Table.Column;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The price book in force.
public final class PriceTable {

  private PriceTable() {}

  public static Table of(Prices prices) {
    return Table.of(
        "prices",
        "Prices, in dollars per million tokens",
        List.of(
            Column.text("model", "Model"),
            Column.number("input", "Input"),
            Column.number("output", "Output"),
            Column.number("cacheWrite5m", "Cache write, 5 min"),
            Column.number("cacheWrite1h", "Cache write, 1 h"),
            Column.number("cacheRead", "Cache read"),
            Column.time("since", "Since"),
            Column.text("source", "Source")),
        prices.models().stream().map(PriceTable::row).toList(),
        "");
  }

  private static List<Cell> row(Price price) {
    return List.of(
        Cell.name(price.model()),
        rate(price.input()),
        rate(price.output()),
        rate(price.cacheWrite5m()),
        rate(price.cacheWrite1h()),
        rate(price.cacheRead()),
        since(price.since()),
        Cell.sentence(price.source()));
  }

  /// Prices change at midnight UTC.
  private static Cell since(@Nullable Instant since) {
    return since == null
        ? Cell.name("")
        : new Cell(
            since.atOffset(ZoneOffset.UTC).toLocalDate().toString(),
            since.toString(),
            "",
            List.of());
  }

  private static Cell rate(@Nullable BigDecimal rate) {
    return new Cell(rate == null ? "unknown" : rate.toPlainString(), rate, "", List.of());
  }
}
