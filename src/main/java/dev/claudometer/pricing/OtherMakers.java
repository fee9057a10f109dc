package dev.claudometer.pricing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Models that are not Claude, behind a proxy.
///
/// A list has them by provider: `zai/glm-4.6`, `openrouter/z-ai/glm-4.6`, each with its own price.
/// A transcript may say only `glm-4.6`. That is then the entry of this very name; else the maker's
/// own, as long as there is one; else the one price that all providers ask. Where providers differ
/// and none is the maker, the short name stays without a price.
final class OtherMakers {

  /// Providers that sell what they make, as LiteLLM calls them.
  private static final Set<String> MAKERS =
      Set.of(
          "openai",
          "gemini",
          "xai",
          "deepseek",
          "zai",
          "moonshot",
          "minimax",
          "dashscope",
          "mistral",
          "cohere",
          "meta_llama");

  private final Map<String, LiteLlmEntry> entries = new TreeMap<>();

  void add(String key, LiteLlmEntry entry) {
    entries.put(key, entry);
  }

  List<ModelPrice> rows(String source) {
    Map<String, List<String>> aliases = new HashMap<>();
    shortNames().forEach((name, places) -> assign(name, places, aliases));
    List<ModelPrice> rows = new ArrayList<>();
    entries.forEach(
        (key, entry) ->
            rows.add(
                new ModelPrice(
                    key, aliases.getOrDefault(key, List.of()), source, List.of(entry.price()))));
    return rows;
  }

  /// What is left of keys when their first parts are taken away, `z-ai/glm-4.6` and `glm-4.6`, with
  /// the entries that it may mean.
  private Map<String, Map<String, LiteLlmEntry>> shortNames() {
    Map<String, Map<String, LiteLlmEntry>> names = new TreeMap<>();
    entries.forEach(
        (key, entry) -> {
          for (int slash = key.indexOf('/'); slash >= 0; slash = key.indexOf('/', slash + 1)) {
            names
                .computeIfAbsent(key.substring(slash + 1), _ -> new LinkedHashMap<>())
                .put(key, entry);
          }
        });
    names.keySet().removeIf(entries::containsKey);
    return names;
  }

  private static void assign(
      String name, Map<String, LiteLlmEntry> places, Map<String, List<String>> aliases) {
    List<String> makers =
        places.entrySet().stream()
            .filter(place -> MAKERS.contains(place.getValue().provider()))
            .map(Map.Entry::getKey)
            .toList();
    long prices = places.values().stream().map(LiteLlmEntry::price).distinct().count();
    if (makers.size() == 1 || prices == 1) {
      String owner = makers.size() == 1 ? makers.getFirst() : places.keySet().iterator().next();
      aliases.computeIfAbsent(owner, _ -> new ArrayList<>()).add(name);
    }
  }
}
