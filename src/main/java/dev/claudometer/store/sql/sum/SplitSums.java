package dev.claudometer.store.sql.sum;

import dev.claudometer.store.Dimension;
import dev.claudometer.store.Slice;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.engine.SumColumns;
import dev.claudometer.usage.Quantity;
import dev.claudometer.usage.Totals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Adds rows of sums up by several combinations of their dimensions at once: to read each row once
/// and add here is less than to have SQLite sort all of them by each combination.
final class SplitSums {

  private static final Dimension[] DIMENSIONS = Dimension.values();

  private final List<Split> splits;
  private final long[][] sums;

  /// The dimensions that rows have, in the order of their columns.
  private final List<Dimension> asked;

  SplitSums(List<Set<Dimension>> splits) {
    asked =
        Stream.of(DIMENSIONS)
            .filter(each -> splits.stream().anyMatch(by -> by.contains(each)))
            .toList();
    this.splits =
        splits.stream().map(by -> new Split(asked.stream().map(by::contains).toList())).toList();
    sums = new long[splits.size()][];
  }

  /// The columns that a row begins with, before its sums.
  String columns() {
    return asked.stream().map(each -> Conditions.column(each) + ", ").collect(Collectors.joining());
  }

  boolean add(ResultSet row) throws SQLException {
    var names = new long[asked.size()];
    for (int i = 0; i < names.length; i++) {
      names[i] = row.getLong(i + 1);
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] = splits.get(i).sum(names);
    }
    SumColumns.add(row, names.length + 1, sums);
    return true;
  }

  /// Adds rows from one to before another, as far as they fit.
  void add(SumRows rows, int from, int to, RowCondition allowed) {
    add(rows, from, to, allowed, 1);
  }

  /// The same, or takes them out.
  ///
  /// @param sign -1 takes them out
  void add(SumRows rows, int from, int to, RowCondition allowed, int sign) {
    var names = new long[asked.size()];
    var of = new long[splits.size()][to - from][];
    for (int row = from; row < to; row++) {
      boolean fits = allowed.any() || allowed.fits(rows, row);
      for (int i = 0; i < names.length; i++) {
        names[i] = rows.name(asked.get(i), row);
      }
      for (int split = 0; split < of.length; split++) {
        of[split][row - from] = fits ? splits.get(split).sum(names) : SumRows.NOWHERE;
      }
    }
    for (long[][] each : of) {
      rows.addTo(each, from, to, sign);
    }
  }

  List<List<Slice>> slices(NameTable names) throws SQLException {
    List<List<Slice>> all = new ArrayList<>();
    for (Split split : splits) {
      List<Slice> slices = new ArrayList<>();
      for (var sum : split.sums.entrySet()) {
        slices.add(slice(sum.getKey(), sum.getValue(), names));
      }
      all.add(slices);
    }
    return all;
  }

  private Slice slice(Key key, long[] sum, NameTable names) throws SQLException {
    return new Slice(
        names.text(key.of(asked.indexOf(Dimension.MODEL))),
        names.project(key.of(asked.indexOf(Dimension.PROJECT))),
        names.session(key.of(asked.indexOf(Dimension.SESSION))),
        names.text(key.of(asked.indexOf(Dimension.BRANCH))),
        names.device(key.of(asked.indexOf(Dimension.DEVICE))),
        Totals.of(sum));
  }

  /// Numbers of names; 0 for one that a combination does not have.
  @SuppressWarnings("ArrayRecordComponent") // compared by what is in it, and never shared
  private record Key(long... names) {

    long of(int place) {
      return place < 0 ? 0 : names[place];
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && Arrays.equals(names, key.names);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(names);
    }
  }

  /// Sums of one combination.
  private static final class Split {

    private final boolean[] has;
    private final Map<Key, long[]> sums = new LinkedHashMap<>();

    Split(List<Boolean> has) {
      this.has = new boolean[has.size()];
      for (int i = 0; i < this.has.length; i++) {
        this.has[i] = has.get(i);
      }
    }

    /// The one that a row belongs to.
    long[] sum(long[] row) {
      long[] names = row.clone();
      for (int i = 0; i < names.length; i++) {
        names[i] = has[i] ? names[i] : 0;
      }
      return sums.computeIfAbsent(new Key(names), _ -> new long[Quantity.ALL.size()]);
    }
  }
}
