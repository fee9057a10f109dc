package dev.claudometer.server.web.table;

import dev.claudometer.server.api.usage.Sums;
import dev.claudometer.server.web.table.Table.Column;
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
        Column.number("cacheReadTokens", "Cache read"));
  }

  public static List<Cell> of(Sums sums, Figures figures) {
    return List.of(
        Cell.money(figures, sums.cost()),
        Cell.count(sums.responses()),
        Cell.count(sums.input()),
        Cell.count(sums.output()),
        Cell.count(sums.cacheWrite5m() + sums.cacheWrite1h()),
        Cell.count(sums.cacheRead()));
  }
}
