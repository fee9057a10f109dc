package dev.claudometer.pricing;

import dev.claudometer.json.BadJson;
import dev.claudometer.json.JsonValue;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usage;
import dev.claudometer.model.Usd;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an organisation pays by contract: the managed setting `modelPricing` of Claude Code.
///
/// ```
/// {"modelPricing": {"multiplier": 0.85, "overrides": {
///   "claude-sonnet-4-6": {"input": 2.4, "output": 12, "cacheRead": 0.24, "cacheWrite": 3}}}}
/// ```
///
/// A row holds as it is written, without the premiums of fast mode and of places; the multiplier
/// scales everything, web searches too. A row of a model that the book knows holds for all
/// spellings of that model; any other holds for its own spelling only, and an exact spelling comes
/// first.
public final class Contract {

  private static final String FIELD = "modelPricing";
  private static final BigDecimal DEAREST = new BigDecimal(10_000);

  private final @Nullable BigDecimal multiplier;
  private final Map<String, Rates> rows;
  private final List<String> rejected;

  private Contract(
      @Nullable BigDecimal multiplier, Map<String, Rates> rows, List<String> rejected) {
    this.multiplier = multiplier;
    this.rows = rows;
    this.rejected = List.copyOf(rejected);
  }

  /// The contract of a settings file; null where it has none.
  ///
  /// @throws IOException where it cannot be read
  /// @throws BadJson where it is no JSON object
  public static @Nullable Contract read(InputStream settings) throws IOException {
    JsonValue json = JsonValue.field(settings, FIELD);
    if (json.absent()) {
      return null;
    }
    return json.isObject() ? of(json) : new Contract(null, Map.of(), List.of(FIELD));
  }

  private static @Nullable Contract of(JsonValue json) {
    List<String> rejected = new ArrayList<>();
    @Nullable BigDecimal multiplier = multiplier(json.at("multiplier"), rejected);
    Map<String, Rates> rows = new LinkedHashMap<>();
    JsonValue overrides = json.at("overrides");
    if (overrides.isObject()) {
      overrides.fields().forEach((id, row) -> override(id, row, rows, rejected));
    } else if (!overrides.absent()) {
      rejected.add("overrides");
    }
    return multiplier == null && rows.isEmpty() && rejected.isEmpty()
        ? null
        : new Contract(multiplier, rows, rejected);
  }

  private static @Nullable BigDecimal multiplier(JsonValue value, List<String> rejected) {
    if (value.absent()) {
      return null;
    }
    if (value.isNumber()
        && value.decimal().signum() > 0
        && value.decimal().compareTo(BigDecimal.TEN) <= 0) {
      return value.decimal();
    }
    rejected.add("multiplier");
    return null;
  }

  private static void override(
      String id, JsonValue row, Map<String, Rates> rows, List<String> rejected) {
    try {
      long write = rate(row.at("cacheWrite"));
      rows.put(
          id.toLowerCase(Locale.ROOT),
          new Rates(
              rate(row.at("input")),
              rate(row.at("output")),
              write,
              write,
              rate(row.at("cacheRead"))));
    } catch (BadJson unusable) {
      rejected.add(id);
    }
  }

  /// Rounded to millionths of a dollar per million tokens.
  private static long rate(JsonValue rate) {
    BigDecimal dollars = rate.decimal();
    if (dollars.signum() < 0 || dollars.compareTo(DEAREST) > 0) {
      throw rate.wrong("dollars per million tokens");
    }
    return dollars.movePointRight(6).setScale(0, RoundingMode.HALF_EVEN).longValueExact();
  }

  /// What could not be read and is left out: ids of rows, `multiplier`, `overrides`, or all of it.
  public List<String> rejected() {
    return rejected;
  }

  /// What every cost is multiplied with.
  public BigDecimal multiplier() {
    return multiplier == null ? BigDecimal.ONE : multiplier;
  }

  /// This contract with what a later settings file says instead or beside.
  public Contract changedBy(Contract later) {
    Map<String, Rates> all = new LinkedHashMap<>(rows);
    all.putAll(later.rows);
    List<String> both = new ArrayList<>(rejected);
    both.addAll(later.rejected);
    return new Contract(later.multiplier == null ? multiplier : later.multiplier, all, both);
  }

  /// Stands for what the contract says.
  public String fingerprint() {
    return multiplier() + " " + rows;
  }

  /// How many models have rates of their own.
  public int overrides() {
    return rows.size();
  }

  /// What a response costs by the contract; null where neither it nor the list knows.
  ///
  /// @param row the row of its model in the book, null where there is none
  /// @param list what it costs by the list, null where that is unknown
  @Nullable Usd price(Usage usage, @Nullable ModelPrice row, @Nullable Usd list) {
    Rates rates = rates(usage.model(), row);
    if (rates == null) {
      return list == null ? null : scaled(BigDecimal.valueOf(list.nanos()));
    }
    TokenCounts tokens = usage.tokens();
    return scaled(
        BigDecimal.valueOf(rates.picodollars(tokens), 3)
            .add(BigDecimal.valueOf(PriceBook.NANOS_PER_SEARCH * usage.webSearches())));
  }

  private @Nullable Rates rates(String spelled, @Nullable ModelPrice row) {
    Rates exact = rows.get(spelled.toLowerCase(Locale.ROOT));
    return exact == null && row != null ? ofModel(row) : exact;
  }

  private @Nullable Rates ofModel(ModelPrice row) {
    for (Map.Entry<String, Rates> override : rows.entrySet()) {
      if (ModelId.of(override.getKey()).candidates().stream().anyMatch(row::isCalled)) {
        return override.getValue();
      }
    }
    return null;
  }

  private Usd scaled(BigDecimal nanos) {
    return new Usd(
        nanos.multiply(multiplier()).setScale(0, RoundingMode.HALF_EVEN).longValueExact());
  }
}
