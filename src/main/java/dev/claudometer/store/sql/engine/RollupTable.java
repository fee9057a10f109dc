package dev.claudometer.store.sql.engine;

import dev.claudometer.usage.RunningTotals;
import dev.claudometer.usage.Totals;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Sums by some columns. Changes are collected and added within the transaction that makes them.
///
/// @param <K> what a row is the sum of
public final class RollupTable<K> {

  private static final String WIDER =
      """
      , first_at = CASE WHEN excluded.first_at < #.first_at THEN excluded.first_at
        ELSE #.first_at END,
      last_at = CASE WHEN excluded.last_at > #.last_at THEN excluded.last_at ELSE #.last_at END\
      """;

  private final Database database;
  private final String add;
  private final String deleteEmpty;
  private final KeyWriter<K> keys;
  private final int firstSum;
  private final String widen;
  private final Spans<K> spans;
  private final Map<K, RunningTotals> changes = new HashMap<>();

  /// The instants that changes of a row are between, where they can only widen the row's; else
  /// null.
  public interface Spans<K> {
    @Nullable Span of(K key);
  }

  /// Sets the columns of a key, from parameter `first` on.
  public interface KeyWriter<K> {
    void write(PreparedStatement statement, int first, K key) throws SQLException;
  }

  /// @param keyColumns what a row is the sum of
  public RollupTable(Database database, String name, List<String> keyColumns, KeyWriter<K> keys) {
    this(database, name, keyColumns, keys, _ -> null);
  }

  /// @param keyColumns what a row is the sum of
  /// @param spans where rows have the columns `first_at` and `last_at` as well
  public RollupTable(
      Database database, String name, List<String> keyColumns, KeyWriter<K> keys, Spans<K> spans) {
    this.database = database;
    this.spans = spans;
    this.keys = keys;
    firstSum = keyColumns.size() + 1;
    add = addition(name, keyColumns, List.of(), "");
    widen = addition(name, keyColumns, List.of("first_at", "last_at"), WIDER.replace("#", name));
    deleteEmpty =
        "DELETE FROM "
            + name
            + " WHERE responses = 0 AND parts = 0 AND "
            + String.join(" = ? AND ", keyColumns)
            + " = ?";
  }

  /// @param more columns behind the sums
  /// @param change what becomes of these where there is such a row
  private static String addition(
      String name, List<String> keyColumns, List<String> more, String change) {
    String key = String.join(", ", keyColumns);
    int width = keyColumns.size() + SumColumns.NAMES.size() + more.size();
    return "INSERT INTO "
        + name
        + " ("
        + key
        + ", "
        + SumColumns.EACH
        + more.stream().map(column -> ", " + column).collect(Collectors.joining())
        + ") VALUES ("
        + String.join(", ", Collections.nCopies(width, "?"))
        + ") ON CONFLICT ("
        + key
        + ") DO UPDATE SET "
        + SumColumns.NAMES.stream()
            .map(column -> column + " = " + name + "." + column + " + excluded." + column)
            .collect(Collectors.joining(", "))
        + change;
  }

  public void add(K key, Totals totals) {
    changes.computeIfAbsent(key, _ -> new RunningTotals()).add(totals);
  }

  public void subtract(K key, Totals totals) {
    changes.computeIfAbsent(key, _ -> new RunningTotals()).subtract(totals);
  }

  /// Writes the collected changes; sums that have become empty disappear.
  public void flush() throws SQLException {
    List<K> fallen = new ArrayList<>();
    for (var change : changes.entrySet()) {
      Totals totals = change.getValue().totals();
      if (!totals.equals(Totals.ZERO)) {
        write(change.getKey(), totals, spans.of(change.getKey()));
      }
      if (totals.responses() < 0 || totals.parts() < 0) {
        fallen.add(change.getKey());
      }
    }
    for (K key : fallen) {
      PreparedStatement delete = database.statement(deleteEmpty);
      keys.write(delete, 1, key);
      database.session().put(delete);
    }
    changes.clear();
  }

  public void forget() {
    changes.clear();
  }

  private void write(K key, Totals totals, @Nullable Span span) throws SQLException {
    PreparedStatement statement = database.statement(span == null ? add : widen);
    keys.write(statement, 1, key);
    SumColumns.write(statement, firstSum, totals);
    if (span != null) {
      int afterSums = firstSum + SumColumns.NAMES.size();
      statement.setLong(afterSums, span.first());
      statement.setLong(afterSums + 1, span.last());
    }
    database.session().put(statement);
  }
}
