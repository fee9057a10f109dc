package dev.claudometer.source.adminapi;

import dev.claudometer.json.JsonValue;
import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.CreditReading;
import dev.claudometer.model.Measure;
import dev.claudometer.model.Usd;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;

/// Counts and money of an answer.
final class Amounts {

  private static final String CENTS = "-?\\d{1,15}(\\.\\d{1,40})?";

  private Amounts() {}

  /// Tokens as the usage reports tell them: five classes that have nothing in common. A class that
  /// is null is none; one whose name is not there is told under a name that is not known here.
  static BilledAmounts tokens(JsonValue usage) {
    JsonValue written = named(usage, "cache_creation");
    Map<Measure, Long> values = new EnumMap<>(Measure.class);
    values.put(Measure.INPUT, usage.at("uncached_input_tokens").count());
    values.put(Measure.OUTPUT, usage.at("output_tokens").count());
    values.put(Measure.CACHE_READ, named(usage, "cache_read_input_tokens").countOrZero());
    values.put(
        Measure.CACHE_WRITE_5M,
        written.absent() ? 0L : named(written, "ephemeral_5m_input_tokens").countOrZero());
    values.put(
        Measure.CACHE_WRITE_1H,
        written.absent() ? 0L : named(written, "ephemeral_1h_input_tokens").countOrZero());
    if (usage.has("server_tool_use")) {
      JsonValue tools = usage.at("server_tool_use");
      values.put(Measure.WEB_SEARCHES, tools.at("web_search_requests").countOrZero());
    }
    if (!usage.at("requests").absent()) {
      values.put(Measure.REQUESTS, usage.at("requests").count());
    }
    return new BilledAmounts(values);
  }

  private static JsonValue named(JsonValue object, String field) {
    if (!object.has(field)) {
      throw object.at(field).wrong("told");
    }
    return object.at(field);
  }

  /// Dollars of a row of the analytics, told in cents as in the other reports.
  static BilledAmounts cost(JsonValue cost) {
    return new BilledAmounts(Map.of(Measure.COST, nanos(cost.at("amount"), cost.at("currency"))));
  }

  /// `"123.78912"` cents are 1.2378912 dollars.
  static long nanos(JsonValue amount, JsonValue currency) {
    String text = amount.exactText();
    if (!text.matches(CENTS)) {
      throw amount.wrong("an amount in cents such as \"123.45\"");
    }
    return nanos(new BigDecimal(text), amount, currency);
  }

  /// Billionths of an amount in the minor unit of its currency: `"50000"` is 500 dollars, and
  /// 50,000 yen.
  static long nanosOf(JsonValue amount, String currency) {
    String text = amount.exactText();
    if (!text.matches(CENTS)) {
      throw amount.wrong("an amount such as \"50000\"");
    }
    try {
      return Usd.of(new BigDecimal(text).movePointLeft(CreditReading.decimals(currency))).nanos();
    } catch (ArithmeticException beyond) {
      throw amount.wrong("an amount that anybody could pay");
    }
  }

  /// @param cents with fractions
  static long nanos(BigDecimal cents, JsonValue amount, JsonValue currency) {
    if (!currency.textOr("USD").equals("USD")) {
      throw currency.wrong("USD");
    }
    try {
      return Usd.of(cents.movePointLeft(2)).nanos();
    } catch (ArithmeticException beyond) {
      throw amount.wrong("an amount that anybody could pay");
    }
  }
}
