package dev.claudometer.report.bill;

import dev.claudometer.model.BilledAmounts;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a report tells, and what it leaves out, while it is added up.
///
/// @param <K> a step of time, a group or both
final class BillCells<K> {

  private final Map<K, BilledAmounts> told = new HashMap<>();
  private final Map<K, Long> unbilled = new HashMap<>();
  private final Set<K> keys = new LinkedHashSet<>();

  void tell(K key, BilledAmounts amounts) {
    keys.add(key);
    told.merge(key, amounts, BilledAmounts::plus);
  }

  /// @param tokens whose dollars are in no report
  void lack(K key, BilledAmounts tokens) {
    keys.add(key);
    unbilled.merge(key, tokens.tokens().total(), Long::sum);
  }

  Set<K> keys() {
    return keys;
  }

  /// Null where the report tells nothing.
  @Nullable BilledAmounts told(K key) {
    return told.get(key);
  }

  BilledAmounts amounts(K key) {
    return told.getOrDefault(key, new BilledAmounts(Map.of()));
  }

  long unbilled(K key) {
    return unbilled.getOrDefault(key, 0L);
  }
}
