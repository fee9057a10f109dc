package dev.claudometer.pricing;

import dev.claudometer.json.BadJson;
import dev.claudometer.json.JsonTree;
import dev.claudometer.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// List prices that Anthropic serves to Claude Code, which keeps them in `.claude.json`, in dollars
/// per million tokens:
///
/// ```
/// "additionalModelCostsCache": {"claude-nova-9": {"inputTokens": 4, "outputTokens": 20,
///   "promptCacheWriteTokens": 5, "promptCacheWrite1hTokens": 8, "promptCacheReadTokens": 0.2,
///   "webSearchRequests": 0.01, "longPrompt": {…}, "fast": {…}}}
/// ```
///
/// The file is written anew at each start of the client and emptied when its user logs out. So what
/// was seen is remembered with its day, and only a model that no book knows gets such a price.
public record ServedPrices(List<ModelPrice> rows, List<String> rejected) {

  private static final String FIELD = "additionalModelCostsCache";
  private static final String SOURCE = "served by Anthropic to Claude Code, seen on ";

  /// Made when a file has prices, which is seldom: the first decimal number of a process costs it
  /// some milliseconds, and most reports need none.
  private static final class Usual {
    private static final BigDecimal DOLLARS_PER_SEARCH = new BigDecimal("0.01");
    private static final BigDecimal SHORTEST_LONG_PROMPT = new BigDecimal(1_000);
  }

  /// A client's own file has less than a hundredth of that.
  private static final long MOST_BYTES = 64 << 20;

  private static final ServedPrices NONE = new ServedPrices(List.of(), List.of());

  public ServedPrices {
    rows = List.copyOf(rows);
    rejected = List.copyOf(rejected);
  }

  /// What a client's file holds today; nothing where there is no such file. Of that file nothing
  /// else is read.
  ///
  /// @throws IOException where it cannot be read
  public static ServedPrices in(Path file, LocalDate today) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
      return NONE;
    }
    try (InputStream in = Files.newInputStream(file)) {
      JsonValue models = JsonValue.of(JsonTree.field(in, FIELD), FIELD);
      if (!models.isObject()) {
        return NONE;
      }
      List<ModelPrice> rows = new ArrayList<>();
      List<String> rejected = new ArrayList<>();
      models
          .fields()
          .forEach(
              (id, costs) -> {
                try {
                  List<PricePeriod> periods = List.of(period(costs));
                  rows.add(new ModelPrice(model(id), List.of(), SOURCE + today, periods));
                } catch (BadJson unusable) {
                  rejected.add(id);
                }
              });
      return new ServedPrices(rows, rejected);
    } catch (JsonTree.NoObject empty) {
      return NONE;
    }
  }

  /// The size of a context is no part of a model's name: `claude-nova-9[1m]`.
  private static String model(String id) {
    return id.endsWith("]") && id.indexOf('[') > 0 ? id.substring(0, id.indexOf('[')) : id;
  }

  /// Whether a row of a book was taken from what Claude Code was served.
  public static boolean isServed(ModelPrice row) {
    return row.source().startsWith(SOURCE);
  }

  private static PricePeriod period(JsonValue costs) {
    JsonValue search = costs.at("webSearchRequests");
    if (!search.absent() && search.decimal().compareTo(Usual.DOLLARS_PER_SEARCH) != 0) {
      throw search.wrong("what a search costs");
    }
    JsonValue fast = costs.at("fast");
    return new PricePeriod(null, tariff(costs), fast.absent() ? null : tariff(fast));
  }

  private static Tariff tariff(JsonValue costs) {
    JsonValue large = costs.at("longPrompt");
    return large.absent()
        ? new Tariff(rates(costs), 0, null)
        : new Tariff(rates(costs), size(large), rates(large));
  }

  /// The size of prompts is the one number that can be no price.
  private static long size(JsonValue large) {
    List<BigDecimal> sizes =
        large.fields().values().stream()
            .filter(JsonValue::isNumber)
            .map(JsonValue::decimal)
            .filter(number -> number.compareTo(Usual.SHORTEST_LONG_PROMPT) >= 0)
            .toList();
    if (sizes.size() != 1) {
      throw large.wrong("prices with a size of prompts");
    }
    return sizes.getFirst().longValue();
  }

  private static Rates rates(JsonValue costs) {
    var rates =
        new Rates(
            PriceFile.rate(costs.at("inputTokens")),
            PriceFile.rate(costs.at("outputTokens")),
            PriceFile.rate(costs.at("promptCacheWriteTokens")),
            PriceFile.rate(costs.at("promptCacheWrite1hTokens")),
            PriceFile.rate(costs.at("promptCacheReadTokens")));
    if (rates.input() <= 0 || rates.output() <= 0) {
      throw costs.wrong("prices above zero");
    }
    return rates;
  }

  /// What was remembered, and what is new since: a price that has changed holds from today on.
  public static List<ModelPrice> remembered(
      List<ModelPrice> before, List<ModelPrice> seen, LocalDate today) {
    List<ModelPrice> rows = new ArrayList<>(before);
    for (ModelPrice row : seen) {
      int place = place(rows, row.id());
      if (place < 0) {
        rows.add(row);
      } else if (!sameToday(rows.get(place), row)) {
        rows.set(place, changed(rows.get(place), row, today));
      }
    }
    return rows;
  }

  private static int place(List<ModelPrice> rows, String id) {
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).id().equals(id)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean sameToday(ModelPrice before, ModelPrice seen) {
    return before.periods().getLast().equals(seen.periods().getLast());
  }

  private static ModelPrice changed(ModelPrice before, ModelPrice seen, LocalDate today) {
    PricePeriod last = before.periods().getLast();
    List<PricePeriod> periods = new ArrayList<>(before.periods());
    periods.removeLast();
    periods.add(
        new PricePeriod(
            today.atStartOfDay(ZoneOffset.UTC).toInstant(), last.standard(), last.fast()));
    periods.add(seen.periods().getLast());
    return new ModelPrice(before.id(), before.aliases(), seen.source(), periods);
  }
}
