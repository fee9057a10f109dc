package dev.claudometer.server.web.table;

import dev.claudometer.report.Money;
import dev.claudometer.server.web.table.Table.Column;
import dev.claudometer.usage.Totals;
import java.util.List;

/// The columns that tables of sums have in common: tokens are never one number.
public final class SumCells {

  private SumCells() {}

  public static List<Column> columns() {
    return List.of(
        Column.number("costUsd", "Cost"),
        Column.number("responses", "Responses"),
        Column.number("inputTokens", "Input"),
        Column.number("outputTokens", "Output"),
        Column.number("cacheWriteTokens", "Cache write"),
        Column.number("cacheReadTokens", "Cache read"),
        Column.inFiles("unpriced"));
  }

  public static List<Cell> of(Totals sums, Figures figures) {
    return List.of(
        Cell.cost(figures, Money.of(sums)),
        Cell.count(sums.responses()),
        Cell.count(sums.tokens().input()),
        Cell.count(sums.tokens().output()),
        Cell.count(sums.tokens().cacheWrite()),
        Cell.count(sums.tokens().cacheRead()),
        Cell.count(sums.unpriced()));
  }
}
