package dev.claudometer.store.sql.sum;

import dev.claudometer.store.Dimension;
import dev.claudometer.usage.Quantity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Rows of sums in memory, column by column; a column of zeros takes nothing. Nobody changes them.
final class SumRows {

  private static final long[] ZEROS = {};
  private static final int QUANTITIES = Quantity.ALL.size();

  private final int size;
  private final long[] places;
  private final Map<Dimension, int[]> names;
  private final long[][] spans;
  private final long[][] amounts;

  private SumRows(
      int size, long[] places, Map<Dimension, int[]> names, long[][] spans, long[][] amounts) {
    this.size = size;
    this.places = places;
    this.names = names;
    this.spans = spans;
    this.amounts = amounts;
  }

  int size() {
    return size;
  }

  /// The first column: a day, a quarter hour, a session's number. Rows are in its order.
  long place(int row) {
    return places.length == 0 ? 0 : places[row];
  }

  /// The number of a name; 0 where rows are not split by this.
  int name(Dimension dimension, int row) {
    int[] column = names.get(dimension);
    return column == null || column.length == 0 ? 0 : column[row];
  }

  /// When a session's share began.
  long first(int row) {
    return spans[0][row];
  }

  /// When a session's share ended.
  long last(int row) {
    return spans[1][row];
  }

  long amount(Quantity quantity, int row) {
    long[] column = amounts[quantity.place()];
    return column.length == 0 ? 0 : column[row];
  }

  /// Reads the amounts of a row, in the order of [Quantity#ALL].
  void read(int row, long[] all) {
    for (int quantity = 0; quantity < QUANTITIES; quantity++) {
      all[quantity] = amounts[quantity].length == 0 ? 0 : amounts[quantity][row];
    }
  }

  /// Adds amounts of rows, each to the sum at its place of `sums`, in the order of [Quantity#ALL].
  ///
  /// @param sums one for each row from `from` on; a row whose sum is [#NOWHERE] is not added
  /// @param sign -1 takes them out
  void addTo(long[][] sums, int from, int to, int sign) {
    for (int quantity = 0; quantity < QUANTITIES; quantity++) {
      long[] column = amounts[quantity];
      for (int row = from; row < to && column.length > 0; row++) {
        long[] sum = sums[row - from];
        if (sum != NOWHERE && column[row] != 0) {
          sum[quantity] = Math.addExact(sum[quantity], sign * column[row]);
        }
      }
    }
  }

  /// The sum of rows that are not meant.
  static final long[] NOWHERE = {};

  /// What they take in memory, about.
  long bytes() {
    long bytes = 256 + 8L * places.length;
    for (int[] column : names.values()) {
      bytes += 4L * column.length;
    }
    for (long[] column : spans) {
      bytes += 8L * column.length;
    }
    for (long[] column : amounts) {
      bytes += 8L * column.length;
    }
    return bytes;
  }

  /// Reads rows: a place, the numbers of names, spans, and amounts.
  static final class Builder {

    private final List<Dimension> by;
    private final long[][] columns;
    private final int spans;
    private int size;

    /// @param by the dimensions that rows are split by, in the order of their columns
    /// @param spans how many columns are between these and the amounts
    Builder(List<Dimension> by, int spans) {
      this.by = by;
      this.spans = spans;
      columns = new long[1 + by.size() + spans + QUANTITIES][];
      Arrays.fill(columns, ZEROS);
    }

    void add(ResultSet row) throws SQLException {
      for (int i = 0; i < columns.length; i++) {
        long value = row.getLong(i + 1);
        if (value != 0) {
          put(i, value);
        }
      }
      size++;
    }

    private void put(int column, long value) {
      if (columns[column].length <= size) {
        columns[column] = Arrays.copyOf(columns[column], Math.max(16, 2 * size));
      }
      columns[column][size] = value;
    }

    SumRows rows() {
      Map<Dimension, int[]> names = new EnumMap<>(Dimension.class);
      for (int i = 0; i < by.size(); i++) {
        names.put(by.get(i), narrow(columns[1 + i]));
      }
      long[][] between = new long[spans][];
      for (int i = 0; i < spans; i++) {
        between[i] = Arrays.copyOf(columns[1 + by.size() + i], size);
      }
      long[][] amounts = new long[QUANTITIES][];
      for (int i = 0; i < QUANTITIES; i++) {
        amounts[i] = trimmed(columns[1 + by.size() + spans + i]);
      }
      return new SumRows(size, trimmed(columns[0]), names, between, amounts);
    }

    private long[] trimmed(long[] column) {
      return column.length == 0 ? ZEROS : Arrays.copyOf(column, size);
    }

    private int[] narrow(long[] column) {
      int[] narrow = new int[column.length == 0 ? 0 : size];
      for (int i = 0; i < narrow.length; i++) {
        narrow[i] = i < column.length ? Math.toIntExact(column[i]) : 0;
      }
      return narrow;
    }
  }
}
