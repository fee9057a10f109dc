package dev.claudometer.server.web.table;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The order of rows by one of their columns: numbers by size, texts as a dictionary has them. What
/// is unknown comes last either way.
///
/// @param at the column's place
record RowOrder(int at, boolean descending) implements Comparator<List<Cell>> {

  @Override
  public int compare(List<Cell> one, List<Cell> other) {
    Object left = value(one.get(at));
    Object right = value(other.get(at));
    if (left == null || right == null) {
      return Boolean.compare(left == null, right == null);
    }
    int order = compared(left, right);
    return descending ? -order : order;
  }

  private static @Nullable Object value(Cell cell) {
    Object value = cell.value();
    return value instanceof String ? cell.text() : value;
  }

  private static int compared(Object left, Object right) {
    return left instanceof Number && right instanceof Number
        ? new BigDecimal(left.toString()).compareTo(new BigDecimal(right.toString()))
        : String.CASE_INSENSITIVE_ORDER.compare(left.toString(), right.toString());
  }
}
