package dev.claudometer.pricing;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads LiteLLM's `model_prices_and_context_window.json`.
///
/// It has known errors (one-hour cache writes of Claude 3, invented dates, models at 0), so our
/// book overrides it wherever it knows the model, and what is left must be plausible.
final class LiteLlm {

  private static final String LARGE = "_above_200k_tokens";
  private static final BigDecimal DEAREST_PER_TOKEN = new BigDecimal("0.001");

  /// A price with more is none, and takes minutes to write out.
  private static final int MOST_PLACES = 100;

  private final PriceBook builtIn = PriceBook.builtIn();
  private final List<String> kept = new ArrayList<>();
  private final List<String> rejected = new ArrayList<>();
  private final Map<String, ModelPrice> added = new TreeMap<>();

  private LiteLlm() {}

  static PriceUpdate read(InputStream in, String place) {
    try {
      if (!(JsonTree.read(in) instanceof Map<?, ?> models) || models.isEmpty()) {
        throw new PriceFileException(place + " is not LiteLLM's list of model prices");
      }
      var reader = new LiteLlm();
      models.forEach((id, model) -> reader.take(String.valueOf(id), model));
      return reader.update(place);
    } catch (IOException notJson) {
      throw new PriceFileException(place + " cannot be read as JSON", notJson);
    }
  }

  private PriceUpdate update(String place) {
    if (kept.isEmpty() && added.isEmpty()) {
      throw new PriceFileException(
          place + " has no prices of Claude models: is it LiteLLM's list?");
    }
    List<ModelPrice> rows = new ArrayList<>(builtIn.rows());
    rows.addAll(added.values());
    return new PriceUpdate(rows, List.copyOf(added.keySet()), kept, rejected);
  }

  private void take(String key, @Nullable Object value) {
    if (!key.contains("claude") || !(value instanceof Map<?, ?> model)) {
      return;
    }
    if (model.get("input_cost_per_token") == null && model.get("output_cost_per_token") == null) {
      return;
    }
    ModelId id = ModelId.of(key);
    String name = id.candidates().get(1);
    if (builtIn.row(key).isPresent()) {
      kept.add(key);
    } else if (!id.regional()) {
      String objection = objection(model);
      if (objection == null) {
        added.put(name, row(name, model));
      } else {
        rejected.add(key + ": " + objection);
      }
    }
  }

  private static @Nullable String objection(Map<?, ?> model) {
    BigDecimal input = price(model, "input_cost_per_token");
    BigDecimal output = price(model, "output_cost_per_token");
    if (input == null || output == null || input.signum() <= 0 || output.signum() <= 0) {
      return "no price above zero for input and output";
    }
    if (output.compareTo(input) < 0 || output.compareTo(DEAREST_PER_TOKEN) > 0) {
      return "implausible prices " + input.toPlainString() + " and " + output.toPlainString();
    }
    BigDecimal read = price(model, "cache_read_input_token_cost");
    BigDecimal write = price(model, "cache_creation_input_token_cost");
    BigDecimal writeLong = price(model, "cache_creation_input_token_cost_above_1hr");
    if (read != null && read.compareTo(input) > 0) {
      return "a cache read dearer than input";
    }
    if (write != null && writeLong != null && writeLong.compareTo(write) < 0) {
      return "a one-hour cache write cheaper than a five-minute one";
    }
    return writeLong != null && writeLong.compareTo(input.multiply(BigDecimal.TEN)) > 0
        ? "an implausible one-hour cache write " + writeLong.toPlainString()
        : null;
  }

  private static ModelPrice row(String id, Map<?, ?> model) {
    Rates rates = rates(model, "");
    boolean tiered = price(model, "input_cost_per_token" + LARGE) != null;
    Tariff tariff = new Tariff(rates, tiered ? 200_000 : 0, tiered ? rates(model, LARGE) : null);
    return new ModelPrice(id, List.of(), "LiteLLM", List.of(new PricePeriod(null, tariff, null)));
  }

  private static Rates rates(Map<?, ?> model, String suffix) {
    return new Rates(
        rate(price(model, "input_cost_per_token" + suffix)),
        rate(price(model, "output_cost_per_token" + suffix)),
        rate(price(model, "cache_creation_input_token_cost" + suffix)),
        rate(price(model, "cache_creation_input_token_cost_above_1hr" + suffix)),
        rate(price(model, "cache_read_input_token_cost" + suffix)));
  }

  private static long rate(@Nullable BigDecimal perToken) {
    return perToken == null || perToken.signum() < 0
        ? Rates.UNKNOWN
        : perToken.movePointRight(12).setScale(0, RoundingMode.HALF_EVEN).longValueExact();
  }

  private static @Nullable BigDecimal price(Map<?, ?> model, String name) {
    return model.get(name) instanceof BigDecimal price
            && Math.abs((long) price.scale()) < MOST_PLACES
        ? price
        : null;
  }
}
