package dev.claudometer.pricing;

import dev.claudometer.json.BadJson;
import dev.claudometer.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Reads LiteLLM's `model_prices_and_context_window.json`.
///
/// It has known errors (one-hour cache writes of Claude 3, invented dates, models at 0), so our
/// book overrides it wherever it knows the model, and what is left must be plausible. Nothing is
/// left out without a word: each entry is added, kept, rejected or counted as left out.
final class LiteLlm {

  private static final String SOURCE = "LiteLLM";

  private final PriceBook builtIn = PriceBook.builtIn();
  private final boolean allMakers;
  private final List<String> kept = new ArrayList<>();
  private final List<String> rejected = new ArrayList<>();
  private final Map<LeftOut, Integer> leftOut = new EnumMap<>(LeftOut.class);
  private final Map<String, PricePeriod> claude = new TreeMap<>();
  private final Map<String, String> boundToRegions = new TreeMap<>();
  private final OtherMakers others = new OtherMakers();

  private LiteLlm(boolean allMakers) {
    this.allMakers = allMakers;
  }

  static PriceUpdate read(InputStream in, String place, boolean allMakers) {
    try {
      Map<String, JsonValue> models = JsonValue.parse(in.readAllBytes()).fields();
      if (models.isEmpty()) {
        throw new PriceFileException(place + " is not LiteLLM's list of model prices: it is empty");
      }
      var reader = new LiteLlm(allMakers);
      models.forEach(reader::take);
      return reader.update(place);
    } catch (BadJson wrong) {
      throw new PriceFileException(
          place + " is not LiteLLM's list of model prices: " + wrong.getMessage(), wrong);
    } catch (IOException failure) {
      throw new PriceFileException("cannot read " + place, failure);
    }
  }

  private PriceUpdate update(String place) {
    if (kept.isEmpty() && claude.isEmpty()) {
      throw new PriceFileException(
          place + " has no prices of Claude models: is it LiteLLM's list?");
    }
    boundToRegions.forEach(
        (name, key) -> {
          if (claude.containsKey(name)) {
            leaveOut(LeftOut.OTHER_PLACE);
          } else {
            rejected.add(key + ": the list has its price in a region only");
          }
        });
    List<ModelPrice> fresh = new ArrayList<>();
    claude.forEach((id, price) -> fresh.add(new ModelPrice(id, List.of(), SOURCE, List.of(price))));
    fresh.addAll(others.rows(SOURCE));
    List<ModelPrice> rows = new ArrayList<>(builtIn.rows());
    rows.addAll(fresh);
    List<String> added = fresh.stream().map(ModelPrice::id).toList();
    return new PriceUpdate(rows, added, kept, rejected, leftOut);
  }

  private void take(String key, JsonValue model) {
    if (!model.isObject() || key.equals("sample_spec")) {
      return;
    }
    var entry = new LiteLlmEntry(model);
    boolean ofClaude = key.contains("claude");
    if (!entry.forChat()) {
      leaveOut(LeftOut.NOT_FOR_CHAT);
    } else if (!ofClaude && !allMakers) {
      leaveOut(LeftOut.OTHER_MAKER);
    } else if (!entry.hasPrice()) {
      leaveOut(LeftOut.NO_PRICE);
    } else if (ofClaude && builtIn.row(key).isPresent()) {
      kept.add(key);
    } else {
      check(key, entry, ofClaude);
    }
  }

  private void check(String key, LiteLlmEntry entry, boolean ofClaude) {
    String objection = entry.objection();
    if (objection != null) {
      rejected.add(key + ": " + objection);
    } else if (ofClaude) {
      claude(key, entry);
    } else {
      others.add(key.toLowerCase(Locale.ROOT), entry);
    }
  }

  /// Of a model's several entries the one under its plain name counts. Endpoints that are bound to
  /// a region follow from it by rule.
  private void claude(String key, LiteLlmEntry entry) {
    ModelId id = ModelId.of(key);
    String name = id.plain();
    PricePeriod known = claude.get(name);
    if (id.regional()) {
      if (boundToRegions.put(name, key) != null) {
        leaveOut(LeftOut.OTHER_PLACE);
      }
      return;
    }
    if (known != null) {
      leaveOut(LeftOut.OTHER_PLACE);
    }
    if (known == null || key.equals(name)) {
      claude.put(name, entry.price());
    }
  }

  private void leaveOut(LeftOut why) {
    leftOut.merge(why, 1, Integer::sum);
  }
}
