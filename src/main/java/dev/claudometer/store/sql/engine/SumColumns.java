package dev.claudometer.store.sql.engine;

import dev.claudometer.usage.Quantity;
import dev.claudometer.usage.Totals;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The columns of sums, one for each [Quantity], in its order.
public final class SumColumns {

  public static final List<String> NAMES = Quantity.ALL.stream().map(Quantity::column).toList();

  /// The columns of one row of sums.
  public static final String EACH = String.join(", ", NAMES);

  /// Their sums over several rows.
  public static final String SUMS = list(quantity -> "SUM(" + quantity.column() + ")");

  /// What one event adds.
  public static final String OF_EVENT = list(SumColumns::ofEvent);

  /// The sums over events.
  public static final String OF_EVENTS = list(quantity -> "SUM(" + ofEvent(quantity) + ")");

  /// Dollars of cost mode `auto` over several rows.
  public static final String COST = "SUM(" + Quantity.AUTOMATIC.column() + ")";

  /// The same over events.
  public static final String COST_OF_EVENTS = "SUM(" + ofEvent(Quantity.AUTOMATIC) + ")";

  private static final Quantity[] QUANTITIES = Quantity.ALL.toArray(new Quantity[0]);

  private SumColumns() {}

  private static String list(Function<Quantity, String> column) {
    return Quantity.ALL.stream().map(column).collect(Collectors.joining(", "));
  }

  private static String ofEvent(Quantity quantity) {
    return switch (quantity) {
      case RESPONSES -> "CASE WHEN part = 0 THEN 1 ELSE 0 END";
      case PARTS -> "CASE WHEN part = 0 THEN 0 ELSE 1 END";
      case UNFINALISED -> "CASE WHEN part = 0 AND stop_reason IS NULL THEN 1 ELSE 0 END";
      case UNPRICED -> "CASE WHEN booked IS NULL THEN 1 ELSE 0 END";
      case UNPRICED_REPORTED ->
          "CASE WHEN reported IS NULL OR booked IS NOT NULL THEN 0 ELSE 1 END";
      case UNDER_CONTRACT -> "CASE WHEN contract IS NULL THEN 0 ELSE 1 END";
      case THINKING_TOLD -> "CASE WHEN thinking IS NULL THEN 0 ELSE 1 END";
      case REPORTED_TOLD -> "CASE WHEN reported IS NULL THEN 0 ELSE 1 END";
      case CALCULATED -> "COALESCE(booked, 0)";
      case AUTOMATIC -> "COALESCE(reported, booked, 0)";
      default -> "COALESCE(" + quantity.column() + ", 0)";
    };
  }

  /// Sets the columns, from parameter `first` on.
  static void write(PreparedStatement statement, int first, Totals totals) throws SQLException {
    for (int i = 0; i < QUANTITIES.length; i++) {
      statement.setLong(first + i, totals.of(QUANTITIES[i]));
    }
  }

  /// Adds the columns, from column `first` on, to amounts in the order of [Quantity#ALL].
  public static void add(ResultSet row, int first, long[][] sums) throws SQLException {
    for (int i = 0; i < QUANTITIES.length; i++) {
      long amount = row.getLong(first + i);
      if (amount != 0) {
        for (long[] sum : sums) {
          sum[i] = Math.addExact(sum[i], amount);
        }
      }
    }
  }

  /// Reads the columns, from column `first` on.
  public static Totals read(ResultSet row, int first) throws SQLException {
    var amounts = new long[QUANTITIES.length];
    read(row, first, amounts);
    return Totals.of(amounts);
  }

  /// The same into amounts in the order of [Quantity#ALL].
  public static void read(ResultSet row, int first, long[] amounts) throws SQLException {
    for (int i = 0; i < amounts.length; i++) {
      amounts[i] = row.getLong(first + i);
    }
  }
}
