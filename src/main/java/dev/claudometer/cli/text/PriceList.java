package dev.claudometer.cli.text;

import dev.claudometer.pricing.ModelPrice;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.pricing.PricePeriod;
import dev.claudometer.pricing.Rates;
import dev.claudometer.pricing.ServedPrices;
import dev.claudometer.pricing.Tariff;
import java.io.PrintStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The price book as a table and as JSON, one line per period, speed and prompt size.
public final class PriceList {

  private record Line(
      ModelPrice model, @Nullable Instant until, String speed, long promptOver, Rates rates) {}

  private final List<Line> lines = new ArrayList<>();

  public PriceList(List<ModelPrice> models) {
    for (ModelPrice model : models) {
      for (PricePeriod period : model.periods()) {
        add(model, period.until(), "standard", period.standard());
        add(model, period.until(), "fast", period.fast());
      }
    }
  }

  private void add(
      ModelPrice model, @Nullable Instant until, String speed, @Nullable Tariff tariff) {
    if (tariff == null) {
      return;
    }
    lines.add(new Line(model, until, speed, 0, tariff.rates()));
    if (tariff.overRates() != null) {
      lines.add(new Line(model, until, speed, tariff.promptOver(), tariff.overRates()));
    }
  }

  public void print(PrintStream out, Style style) {
    TextTable table =
        TextTable.withColumns(
            List.of(
                "Model",
                "Until",
                "Speed",
                ">Prompt over",
                ">Input",
                ">5m write",
                ">1h write",
                ">Cache read",
                ">Output"));
    for (Line line : lines) {
      Rates rates = line.rates();
      table.add(
          List.of(
              line.model().id(),
              until(line),
              line.speed(),
              line.promptOver() == 0 ? "" : style.number(line.promptOver()),
              rate(rates.input()),
              rate(rates.cacheWrite5m()),
              rate(rates.cacheWrite1h()),
              rate(rates.cacheRead()),
              rate(rates.output())));
    }
    table.print(out, style);
  }

  /// Models whose price is known only because Claude Code was served it.
  public List<ModelPrice> served() {
    return lines.stream().map(Line::model).distinct().filter(ServedPrices::isServed).toList();
  }

  public Map<String, Object> document() {
    return Map.of("prices", lines.stream().map(PriceList::document).toList());
  }

  private static Map<String, @Nullable Object> document(Line line) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("model", line.model().id());
    json.put("until", line.until() == null ? null : until(line));
    json.put("speed", line.speed());
    json.put("promptOver", line.promptOver());
    json.put("input", number(line.rates().input()));
    json.put("cacheWrite5m", number(line.rates().cacheWrite5m()));
    json.put("cacheWrite1h", number(line.rates().cacheWrite1h()));
    json.put("cacheRead", number(line.rates().cacheRead()));
    json.put("output", number(line.rates().output()));
    json.put("source", line.model().source());
    return json;
  }

  private static String until(Line line) {
    return line.until() == null ? "" : LocalDate.ofInstant(line.until(), ZoneOffset.UTC).toString();
  }

  private static String rate(long rate) {
    return rate == Rates.UNKNOWN ? "unknown" : "$" + PriceBook.perMillion(rate).toPlainString();
  }

  private static @Nullable Object number(long rate) {
    return rate == Rates.UNKNOWN ? null : PriceBook.perMillion(rate);
  }
}
