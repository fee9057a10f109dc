package dev.claudometer.cli.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A bill, ready to be rendered.
///
/// @param name key of the rows in JSON: `daily` or `monthly`
/// @param labelKey key of a row's label in JSON
/// @param by what rows are split by; null where they are not
public record BillReport(
    String name,
    String labelKey,
    String labelTitle,
    @Nullable By by,
    List<Column> columns,
    List<Row> rows) {

  public BillReport {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /// What rows are split by.
  public record By(String key, String title) {}

  /// A number of each row.
  ///
  /// @param money whether it is nano-dollars
  /// @param wide left out on a narrow terminal
  public record Column(String key, String title, boolean money, boolean wide) {}

  /// A row, or a part of one.
  ///
  /// @param values one per column; null where it is unknown
  /// @param whole false where a part of its money is unknown
  public record Row(String label, String group, List<@Nullable Long> values, boolean whole) {

    public Row {
      values = Collections.unmodifiableList(new ArrayList<>(values));
    }
  }

  /// The sum of what is known of a column; null where nothing is.
  @Nullable Long sum(int column) {
    @Nullable Long sum = null;
    for (Row row : rows) {
      Long value = row.values().get(column);
      if (value != null) {
        sum = sum == null ? value : Math.addExact(sum, value);
      }
    }
    return sum;
  }

  boolean complete(int column) {
    return rows.stream().allMatch(row -> complete(row, column));
  }

  boolean complete(Row row, int column) {
    return row.values().get(column) != null && (row.whole() || !columns.get(column).money());
  }

  /// Whether a row tells money and lacks a part of it.
  boolean partial() {
    return IntStream.range(0, columns.size())
        .filter(column -> columns.get(column).money())
        .anyMatch(column -> rows.stream().anyMatch(row -> partial(row, column)));
  }

  boolean partial(Row row, int column) {
    return row.values().get(column) != null && !complete(row, column);
  }
}
