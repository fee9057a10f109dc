package dev.claudometer.store.sql.sum;

import dev.claudometer.store.Dimension;
import dev.claudometer.store.Where;
import dev.claudometer.store.sql.engine.NameTable;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;

/// What a question is about, as conditions on rows in memory.
final class RowCondition {

  /// Whatever it is.
  static final RowCondition ANY = new RowCondition();

  private final Map<Dimension, BitSet> numbers = new EnumMap<>(Dimension.class);

  private RowCondition() {}

  static RowCondition of(Where where, NameTable names) {
    var allowed = new RowCondition();
    where
        .allowed()
        .forEach(
            (dimension, values) -> {
              var numbers = new BitSet();
              for (String value : values) {
                long number = names.find(value);
                if (number >= 0) {
                  numbers.set(Math.toIntExact(number));
                }
              }
              allowed.numbers.put(dimension, numbers);
            });
    return allowed;
  }

  boolean any() {
    return numbers.isEmpty();
  }

  boolean fits(SumRows rows, int row) {
    for (var each : numbers.entrySet()) {
      if (!each.getValue().get(rows.name(each.getKey(), row))) {
        return false;
      }
    }
    return true;
  }
}
