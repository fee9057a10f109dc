package dev.claudometer.report;

import dev.claudometer.store.Slice;
import dev.claudometer.usage.Totals;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// One part of a whole.
///
/// @param key device id, project directory, model, branch, session or person
/// @param name the key as people know it
public record Share(String key, String name, Totals totals) {

  /// The most expensive first.
  static List<Share> of(List<Slice> slices, Split split, KnownMachines.Names names) {
    Map<String, Totals> sums =
        slices.stream()
            .collect(
                Collectors.toMap(
                    slice -> split.key(slice, names), Slice::totals, Totals::plus, TreeMap::new));
    return sums.entrySet().stream()
        .map(sum -> new Share(sum.getKey(), split.name(sum.getKey(), names), sum.getValue()))
        .sorted(
            Comparator.comparing((Share share) -> share.totals().reportedElseCalculated())
                .reversed())
        .toList();
  }
}
