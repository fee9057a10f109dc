package dev.claudometer.report;

import dev.claudometer.model.Usd;
import dev.claudometer.usage.CostMode;
import dev.claudometer.usage.Quantity;
import dev.claudometer.usage.Totals;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What is told of sums, everywhere: this list drives the fields of the API's `Sums`, the fields of
/// reports as JSON and CSV, and the columns of the pages' files. A counted [Quantity] that is in no
/// figure and no meter is told nowhere, which a test forbids.
public enum Figure {
  RESPONSES(Quantity.RESPONSES, "responses", "responses", Unit.COUNT),
  /// What was billed beside responses.
  PARTS(Quantity.PARTS, "parts", "parts", Unit.COUNT),
  UNFINALISED(Quantity.UNFINALISED, "unfinalised", "unfinalisedResponses", Unit.COUNT),
  UNPRICED(Quantity.UNPRICED, "unpriced", "unpricedResponses", Unit.COUNT),
  INPUT(Quantity.INPUT, "input", "inputTokens", Unit.COUNT),
  OUTPUT(Quantity.OUTPUT, "output", "outputTokens", Unit.COUNT),
  CACHE_WRITE_5M(Quantity.CACHE_WRITE_5M, "cacheWrite5m", "cacheCreation5mTokens", Unit.COUNT),
  CACHE_WRITE_1H(Quantity.CACHE_WRITE_1H, "cacheWrite1h", "cacheCreation1hTokens", Unit.COUNT),
  CACHE_READ(Quantity.CACHE_READ, "cacheRead", "cacheReadTokens", Unit.COUNT),
  WEB_SEARCHES(Quantity.WEB_SEARCHES, "webSearches", "webSearchRequests", Unit.COUNT),
  WEB_FETCHES(Quantity.WEB_FETCHES, "webFetches", "webFetchRequests", Unit.COUNT),
  /// Of the output; null where no response tells it.
  THINKING(
      Quantity.THINKING, "thinking", "thinkingTokens", Unit.COUNT, sums -> sums.thinking() == null),
  /// Of cost mode `auto`; null where nothing has a price.
  COST(Quantity.AUTOMATIC, "cost", "totalCost", Unit.DOLLARS, unpriced(CostMode.AUTO)),
  /// Null where nothing has a price.
  COST_CALCULATED(
      Quantity.CALCULATED,
      "costCalculated",
      "calculatedCost",
      Unit.DOLLARS,
      unpriced(CostMode.CALCULATE)),
  COST_REPORTED(Quantity.REPORTED, "costReported", "reportedCost", Unit.DOLLARS),
  /// By the organisation's contract; null where there is none.
  COST_CONTRACT(
      Quantity.CONTRACT,
      "costContract",
      "contractCost",
      Unit.DOLLARS,
      sums -> sums.contract() == null),
  /// What is in no dollars by contract; null where there is none.
  CONTRACT_UNPRICED(
      Quantity.UNDER_CONTRACT,
      "contractUnpriced",
      "contractUnpricedResponses",
      Unit.COUNT,
      sums -> sums.contract() == null) {
    @Override
    long amount(Totals sums) {
      return sums.billed() - sums.underContract();
    }
  },
  /// What reading from the cache saved, of what has a price.
  SAVED(Quantity.SAVED, "saved", "cacheSavings", Unit.DOLLARS);

  public static final List<Figure> ALL = List.of(values());

  /// What it is counted in.
  public enum Unit {
    COUNT,
    DOLLARS
  }

  private final Quantity quantity;
  private final String field;
  private final String name;
  private final Unit unit;

  @SuppressWarnings("ImmutableEnumChecker") // a function without a state
  private final @Nullable Predicate<Totals> unknown;

  Figure(Quantity quantity, String field, String name, Unit unit) {
    this(quantity, field, name, unit, null);
  }

  Figure(
      Quantity quantity,
      String field,
      String name,
      Unit unit,
      @Nullable Predicate<Totals> unknown) {
    this.quantity = quantity;
    this.field = field;
    this.name = name;
    this.unit = unit;
    this.unknown = unknown;
  }

  private static Predicate<Totals> unpriced(CostMode mode) {
    return sums -> sums.entirelyUnpriced(mode);
  }

  /// What it is the sum of.
  public Quantity quantity() {
    return quantity;
  }

  /// As the API's `Sums` call it.
  public String field() {
    return field;
  }

  /// As reports and files call it.
  public String inReports() {
    return name;
  }

  public Unit unit() {
    return unit;
  }

  /// Whether it can be unknown.
  public boolean optional() {
    return unknown != null;
  }

  /// A number, or [Usd]; null where it is unknown.
  public @Nullable Object of(Totals sums) {
    if (unknown != null && unknown.test(sums)) {
      return null;
    }
    return unit == Unit.DOLLARS ? new Usd(amount(sums)) : (Object) amount(sums);
  }

  long amount(Totals sums) {
    return sums.of(quantity);
  }
}
