package dev.claudometer.export.bill;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.BilledReport;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A report's totals by some of its dimensions, as a counter may tell them: what was told once is
/// told ever after, until the total is larger, whatever process tells it.
final class BillCounter {

  private final BillCache cache;
  private final String name;
  private final BilledReport report;
  private final Set<BilledDimension> by;
  private Map<BilledGroup, BilledAmounts> told = Map.of();
  private int version;

  /// @param name under which it is remembered what was told
  BillCounter(BillCache cache, String name, BilledReport report, BilledDimension... by) {
    this.cache = cache;
    this.name = name;
    this.report = report;
    this.by = EnumSet.copyOf(List.of(by));
  }

  BilledReport report() {
    return report;
  }

  Set<BilledDimension> by() {
    return by;
  }

  /// By groups that have no empty values, in the order in which they began.
  Map<BilledGroup, BilledAmounts> told() {
    if (version != cache.version() && cache.whole(report)) {
      Map<BilledGroup, BilledAmounts> sums = new LinkedHashMap<>();
      cache
          .totals(report)
          .forEach((group, amounts) -> sums.merge(group.named(by), amounts, BillCounter::sum));
      sums.entrySet().removeIf(sum -> !larger(sum.getValue(), told.get(sum.getKey())));
      told = cache.billing().tell(name, sums);
      version = cache.version();
    }
    return told;
  }

  /// What either knows.
  private static BilledAmounts sum(BilledAmounts one, BilledAmounts other) {
    var sum = new HashMap<>(one.values());
    other.values().forEach((measure, value) -> sum.merge(measure, value, Math::addExact));
    return new BilledAmounts(sum);
  }

  private static boolean larger(BilledAmounts sum, @Nullable BilledAmounts told) {
    return told == null
        || sum.values().entrySet().stream()
            .anyMatch(
                value -> {
                  Long before = told.of(value.getKey());
                  return before == null || value.getValue() > before;
                });
  }
}
