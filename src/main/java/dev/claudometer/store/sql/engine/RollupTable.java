package dev.claudometer.store.sql.engine;

import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usd;
import dev.claudometer.usage.Totals;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Sums by some columns. Changes are collected and added within the transaction that makes them.
///
/// @param <K> what a row is the sum of
public final class RollupTable<K> {

  private static final List<String> COLUMNS =
      List.of(
          "responses",
          "parts",
          "unfinalised",
          "unpriced",
          "input",
          "output",
          "cache_write_5m",
          "cache_write_1h",
          "cache_read",
          "web_searches",
          "web_fetches",
          "calculated",
          "reported",
          "automatic");

  /// The columns as they are, in the same order.
  public static final String EACH = String.join(", ", COLUMNS);

  public static final String SUMS =
      COLUMNS.stream().map(column -> "SUM(" + column + ")").collect(Collectors.joining(", "));

  /// The same sums over events.
  public static final String OF_EVENTS =
      """
      SUM(CASE WHEN part = 0 THEN 1 ELSE 0 END), SUM(CASE WHEN part = 0 THEN 0 ELSE 1 END),
      SUM(CASE WHEN part = 0 AND stop_reason IS NULL THEN 1 ELSE 0 END),
      SUM(CASE WHEN booked IS NULL THEN 1 ELSE 0 END), SUM(input), SUM(output),
      SUM(cache_write_5m), SUM(cache_write_1h), SUM(cache_read), SUM(web_searches),
      SUM(web_fetches), SUM(COALESCE(booked, 0)), SUM(COALESCE(reported, 0)),
      SUM(COALESCE(reported, booked, 0))\
      """;

  private final Database database;
  private final String add;
  private final String deleteEmpty;
  private final KeyWriter<K> keys;
  private final int firstSum;
  private final Map<K, Totals> changes = new HashMap<>();

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
    int width = keyColumns.size() + COLUMNS.size();
    return "INSERT INTO "
        + name
        + " ("
        + key
        + ", "
        + String.join(", ", COLUMNS)
        + ") VALUES ("
        + String.join(", ", Collections.nCopies(width, "?"))
        + ") ON CONFLICT ("
        + key
        + ") DO UPDATE SET "
        + COLUMNS.stream()
            .map(column -> column + " = " + name + "." + column + " + excluded." + column)
            .collect(Collectors.joining(", "));
  }

  public void change(K key, Totals difference) {
    changes.merge(key, difference, Totals::plus);
  }

  /// Writes the collected changes; sums that have become empty disappear.
  public void flush() throws SQLException {
    for (var change : changes.entrySet()) {
      if (!change.getValue().equals(Totals.ZERO)) {
        write(change.getKey(), change.getValue());
      }
    }
    for (var change : changes.entrySet()) {
      if (change.getValue().responses() < 0 || change.getValue().parts() < 0) {
        PreparedStatement delete = database.statement(deleteEmpty);
        keys.write(delete, 1, change.getKey());
        database.session().put(delete);
      }
    }
    changes.clear();
  }

  public void forget() {
    changes.clear();
  }

  private void write(K key, Totals totals) throws SQLException {
    PreparedStatement statement = database.statement(add);
    keys.write(statement, 1, key);
    statement.setLong(firstSum, totals.responses());
    statement.setLong(firstSum + 1, totals.parts());
    statement.setLong(firstSum + 2, totals.unfinalised());
    statement.setLong(firstSum + 3, totals.unpriced());
    statement.setLong(firstSum + 4, totals.tokens().input());
    statement.setLong(firstSum + 5, totals.tokens().output());
    statement.setLong(firstSum + 6, totals.tokens().cacheWrite5m());
    statement.setLong(firstSum + 7, totals.tokens().cacheWrite1h());
    statement.setLong(firstSum + 8, totals.tokens().cacheRead());
    statement.setLong(firstSum + 9, totals.webSearches());
    statement.setLong(firstSum + 10, totals.webFetches());
    statement.setLong(firstSum + 11, totals.calculated().nanos());
    statement.setLong(firstSum + 12, totals.reported().nanos());
    statement.setLong(firstSum + 13, totals.reportedElseCalculated().nanos());
    database.session().put(statement);
  }

  /// Reads the columns of [#SUMS], from column `first` on.
  public static Totals read(ResultSet row, int first) throws SQLException {
    return new Totals(
        row.getLong(first),
        row.getLong(first + 1),
        row.getLong(first + 2),
        row.getLong(first + 3),
        new TokenCounts(
            row.getLong(first + 4),
            row.getLong(first + 5),
            row.getLong(first + 6),
            row.getLong(first + 7),
            row.getLong(first + 8)),
        row.getLong(first + 9),
        row.getLong(first + 10),
        new Usd(row.getLong(first + 11)),
        new Usd(row.getLong(first + 12)),
        new Usd(row.getLong(first + 13)));
  }
}
