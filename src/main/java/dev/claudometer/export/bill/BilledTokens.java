package dev.claudometer.export.bill;

import dev.claudometer.metric.Value.Exact;
import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.Measure;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/// The four types of tokens that metrics tell apart.
final class BilledTokens {

  private static final List<Map.Entry<String, List<Measure>>> TYPES =
      List.of(
          Map.entry("input", List.of(Measure.INPUT)),
          Map.entry("output", List.of(Measure.OUTPUT)),
          Map.entry("cache_creation", List.of(Measure.CACHE_WRITE_5M, Measure.CACHE_WRITE_1H)),
          Map.entry("cache_read", List.of(Measure.CACHE_READ)));

  private BilledTokens() {}

  /// Hands over type and number of those that are known.
  static void each(BilledAmounts amounts, BiConsumer<String, Exact> use) {
    for (Map.Entry<String, List<Measure>> type : TYPES) {
      List<Long> known =
          Stream.of(type.getValue())
              .flatMap(List::stream)
              .map(amounts::of)
              .filter(Objects::nonNull)
              .toList();
      if (!known.isEmpty()) {
        use.accept(type.getKey(), Exact.of(known.stream().mapToLong(Long::longValue).sum()));
      }
    }
  }
}
