package dev.claudometer.store.sql.sum;

import dev.claudometer.store.Dimension;
import dev.claudometer.store.Where;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.engine.SqlSession;
import dev.claudometer.usage.Quantity;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/// A part of a question whose sums are in memory.
///
/// @param rows in the order of their places
/// @param from the first place that is asked about
/// @param to the place after the last one
record KeptPart(List<SumRows> rows, long from, long to, RowCondition allowed) {

  /// A part as it is remembered; null where it has to be asked.
  ///
  /// @param kept null where nothing is remembered
  static @Nullable KeptPart of(
      SumPart part, @Nullable KeptSums kept, SqlSession session, Where where, NameTable names)
      throws SQLException {
    KeptTable table = part.kept();
    if (kept == null || table == null) {
      return null;
    }
    List<SumRows> rows = kept.rows(session, table, part.from(), part.to());
    return rows == null
        ? null
        : new KeptPart(rows, part.from(), part.to(), RowCondition.of(where, names));
  }

  void addTo(SplitSums sums) {
    each(_ -> 0, (some, begin, end, _) -> sums.add(some, begin, end, allowed));
  }

  /// Its sums by the step that a place belongs to.
  Map<Long, SplitSums> bySteps(LongUnaryOperator step, Set<Dimension> by) {
    Map<Long, SplitSums> steps = new LinkedHashMap<>();
    each(
        step,
        (some, begin, end, at) ->
            steps
                .computeIfAbsent(at, _ -> new SplitSums(List.of(by)))
                .add(some, begin, end, allowed));
    return steps;
  }

  /// What fits of each step, by nothing.
  Map<Long, long[]> totals(LongUnaryOperator step) {
    Map<Long, long[]> totals = new LinkedHashMap<>();
    each(
        step,
        (some, begin, end, at) -> {
          var of = new long[end - begin][];
          for (int row = begin; row < end; row++) {
            of[row - begin] =
                allowed.fits(some, row)
                    ? totals.computeIfAbsent(at, _ -> new long[Quantity.ALL.size()])
                    : SumRows.NOWHERE;
          }
          some.addTo(of, begin, end, 1);
        });
    return totals;
  }

  /// Nano-dollars of cost mode `auto` by the step that a place belongs to.
  Map<Long, Long> costs(LongUnaryOperator step) {
    Map<Long, Long> costs = new LinkedHashMap<>();
    each(
        step,
        (some, begin, end, at) -> {
          long cost = 0;
          boolean any = false;
          for (int row = begin; row < end; row++) {
            if (allowed.fits(some, row)) {
              cost = Math.addExact(cost, some.amount(Quantity.AUTOMATIC, row));
              any = true;
            }
          }
          if (any) {
            costs.merge(at, cost, Math::addExact);
          }
        });
    return costs;
  }

  private interface Run {
    void of(SumRows rows, int begin, int end, long step);
  }

  /// Rows that follow each other and belong to the same step.
  private void each(LongUnaryOperator step, Run run) {
    for (SumRows some : rows) {
      int end = before(some, to);
      for (int begin = before(some, from); begin < end; ) {
        long at = step.applyAsLong(some.place(begin));
        int next = begin + 1;
        while (next < end && step.applyAsLong(some.place(next)) == at) {
          next++;
        }
        run.of(some, begin, next, at);
        begin = next;
      }
    }
  }

  /// How many rows are before a place.
  private static int before(SumRows rows, long place) {
    int low = 0;
    int high = rows.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (rows.place(middle) < place) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
