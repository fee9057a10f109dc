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

/// Sums by some columns. Changes are collected and added within the transaction that makes them.
///
/// @param <K> what a row is the sum of
public final class RollupTable<K> {

  private final Database database;
  private final String add;
  private final String deleteEmpty;
  private final KeyWriter<K> keys;
  private final int firstSum;
  private final Map<K, RunningTotals> changes = new HashMap<>();

  /// Sets the columns of a key, from parameter `first` on.
  public interface KeyWriter<K> {
    void write(PreparedStatement statement, int first, K key) throws SQLException;
  }

  /// @param keyColumns what a row is the sum of
  public RollupTable(Database database, String name, List<String> keyColumns, KeyWriter<K> keys) {
    this.database = database;
    this.keys = keys;
    firstSum = keyColumns.size() + 1;
    add = addition(name, keyColumns);
    deleteEmpty =
        "DELETE FROM "
            + name
            + " WHERE responses = 0 AND parts = 0 AND "
            + String.join(" = ? AND ", keyColumns)
            + " = ?";
  }

  private static String addition(String name, List<String> keyColumns) {
    String key = String.join(", ", keyColumns);
    int width = keyColumns.size() + SumColumns.NAMES.size();
    return "INSERT INTO "
        + name
        + " ("
        + key
        + ", "
        + SumColumns.EACH
        + ") VALUES ("
        + String.join(", ", Collections.nCopies(width, "?"))
        + ") ON CONFLICT ("
        + key
        + ") DO UPDATE SET "
        + SumColumns.NAMES.stream()
            .map(column -> column + " = " + name + "." + column + " + excluded." + column)
            .collect(Collectors.joining(", "));
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
        write(change.getKey(), totals);
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

  private void write(K key, Totals totals) throws SQLException {
    PreparedStatement statement = database.statement(add);
    keys.write(statement, 1, key);
    SumColumns.write(statement, firstSum, totals);
    database.session().put(statement);
  }
}
