package dev.claudometer.pricing;

import dev.claudometer.json.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What LiteLLM's list says of one model.
final class LiteLlmEntry {

  private static final String INPUT = "input_cost_per_token";
  private static final String OUTPUT = "output_cost_per_token";
  private static final Pattern LARGE = Pattern.compile(INPUT + "_above_(\\d{1,7})k_tokens");
  private static final Set<String> CHAT = Set.of("chat", "responses", "completion");
  private static final BigDecimal DEAREST_PER_TOKEN = new BigDecimal("0.001");

  /// Fast mode costs two to six times as much today.
  private static final BigDecimal LARGEST_FACTOR = BigDecimal.TEN;

  /// A price with more is none, and takes minutes to write out.
  private static final int MOST_PLACES = 100;

  private final JsonValue entry;

  /// Prompt sizes, in thousands of tokens, above which prices are others.
  private final Set<Integer> sizes = new TreeSet<>();

  LiteLlmEntry(JsonValue entry) {
    this.entry = entry;
    for (String name : entry.fields().keySet()) {
      Matcher large = LARGE.matcher(name);
      if (large.matches() && price(large.group()) != null) {
        sizes.add(Integer.valueOf(large.group(1)));
      }
    }
  }

  boolean forChat() {
    JsonValue mode = entry.at("mode");
    return mode.absent() || (mode.isText() && CHAT.contains(mode.exactText()));
  }

  boolean hasPrice() {
    return !entry.at(INPUT).absent() || !entry.at(OUTPUT).absent();
  }

  String provider() {
    JsonValue provider = entry.at("litellm_provider");
    return provider.isText() ? provider.text() : "";
  }

  /// Why the entry cannot be right; null where it can.
  @Nullable String objection() {
    BigDecimal input = price(INPUT);
    BigDecimal output = price(OUTPUT);
    if (input == null || output == null || input.signum() <= 0 || output.signum() <= 0) {
      return "no price above zero for input and output";
    }
    if (output.compareTo(input) < 0 || output.compareTo(DEAREST_PER_TOKEN) > 0) {
      return "implausible prices " + input.toPlainString() + " and " + output.toPlainString();
    }
    if (sizes.size() > 1) {
      return "prices by more than two sizes of prompts";
    }
    return objectionToCache(input);
  }

  private @Nullable String objectionToCache(BigDecimal input) {
    BigDecimal read = price("cache_read_input_token_cost");
    BigDecimal write = price("cache_creation_input_token_cost");
    BigDecimal writeLong = price("cache_creation_input_token_cost_above_1hr");
    if (read != null && read.compareTo(input) > 0) {
      return "a cache read that costs more than input";
    }
    if (write != null && writeLong != null && writeLong.compareTo(write) < 0) {
      return "a one-hour cache write cheaper than a five-minute one";
    }
    return writeLong != null && writeLong.compareTo(input.multiply(BigDecimal.TEN)) > 0
        ? "an implausible one-hour cache write " + writeLong.toPlainString()
        : null;
  }

  /// The price, for all time: the list has no dates.
  PricePeriod price() {
    BigDecimal fast = fast();
    return new PricePeriod(null, tariff(BigDecimal.ONE), fast == null ? null : tariff(fast));
  }

  /// By how much fast mode is dearer.
  private @Nullable BigDecimal fast() {
    JsonValue own = entry.at("provider_specific_entry");
    if (!own.isObject() || !own.at("fast").isNumber()) {
      return null;
    }
    BigDecimal factor = own.at("fast").decimal();
    return factor.compareTo(BigDecimal.ONE) > 0 && factor.compareTo(LARGEST_FACTOR) <= 0
        ? factor
        : null;
  }

  private Tariff tariff(BigDecimal factor) {
    Rates rates = rates("", factor);
    for (int size : sizes) {
      return new Tariff(rates, size * 1000L, rates("_above_" + size + "k_tokens", factor));
    }
    return new Tariff(rates, 0, null);
  }

  private Rates rates(String suffix, BigDecimal factor) {
    return new Rates(
        rate(INPUT + suffix, factor),
        rate(OUTPUT + suffix, factor),
        rate("cache_creation_input_token_cost" + suffix, factor),
        rate("cache_creation_input_token_cost_above_1hr" + suffix, factor),
        rate("cache_read_input_token_cost" + suffix, factor));
  }

  private long rate(String name, BigDecimal factor) {
    BigDecimal perToken = price(name);
    return perToken == null || perToken.signum() < 0
        ? Rates.UNKNOWN
        : perToken
            .multiply(factor)
            .movePointRight(12)
            .setScale(0, RoundingMode.HALF_EVEN)
            .longValueExact();
  }

  private @Nullable BigDecimal price(String name) {
    JsonValue price = entry.at(name);
    return price.isNumber() && Math.abs((long) price.decimal().scale()) < MOST_PLACES
        ? price.decimal()
        : null;
  }
}
