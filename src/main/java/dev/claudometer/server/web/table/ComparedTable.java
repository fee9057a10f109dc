package dev.claudometer.server.web.table;

import dev.claudometer.model.Measure;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.report.Money;
import dev.claudometer.report.bill.BillComparison.Row;
import dev.claudometer.server.web.table.Table.Column;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was counted beside what Anthropic says, by UTC day and model, and the difference.
public record ComparedTable(Figures figures) {

  private static final String EMPTY =
      "Nothing was counted in this period, and nothing is known of a bill.";

  /// The rows of a period.
  ///
  /// @param most how many a page shows: files have all
  public Table table(List<Row> rows, int most) {
    boolean unbilled = rows.stream().anyMatch(row -> row.billed().unbilledTokens() > 0);
    List<Row> shown = rows.subList(0, Math.min(most, rows.size()));
    return Table.of(
            "compared",
            Table.cut("Counted here, and billed by Anthropic", shown.size(), rows.size()),
            columns(unbilled),
            shown.stream().map(row -> cells(row, unbilled)).toList(),
            EMPTY)
        .of(() -> rows.stream().map(row -> cells(row, unbilled)));
  }

  private static List<Column> columns(boolean unbilled) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.time("day", "Day (UTC)"));
    columns.add(Column.text("model", "Model"));
    columns.add(Column.number("costUsd", "Cost here"));
    columns.add(Column.number("billedUsd", "Billed"));
    columns.add(Column.number("differenceUsd", "Difference"));
    addColumns(columns, "input", "Input");
    addColumns(columns, "output", "Output");
    addColumns(columns, "cacheWrite", "Cache write");
    addColumns(columns, "cacheRead", "Cache read");
    columns.add(Column.inFiles("unpriced"));
    if (unbilled) {
      columns.add(Column.inFiles("unbilledTokens"));
    }
    return columns;
  }

  private static void addColumns(List<Column> columns, String key, String name) {
    columns.add(Column.number(key + "Tokens", name + " here"));
    columns.add(Column.number(key + "Reported", "reported"));
    columns.add(Column.number(key + "Difference", "difference"));
  }

  private List<Cell> cells(Row row, boolean unbilled) {
    TokenCounts here = row.counted().tokens();
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.name(row.day().toString()));
    cells.add(
        row.model().isEmpty() ? new Cell("no model", "", "", List.of()) : Cell.name(row.model()));
    cells.add(Cell.cost(figures, Money.of(row.counted())));
    cells.add(Cell.billed(figures, row.billed()));
    cells.add(Cell.money(figures, row.costDifference()));
    addTokens(cells, here.input(), row.toldTokens(Measure.INPUT));
    addTokens(cells, here.output(), row.toldTokens(Measure.OUTPUT));
    addTokens(cells, here.cacheWrite(), row.toldCacheWrite());
    addTokens(cells, here.cacheRead(), row.toldTokens(Measure.CACHE_READ));
    cells.add(Cell.count(row.counted().unpriced()));
    if (unbilled) {
      cells.add(Cell.count(row.billed().unbilledTokens()));
    }
    return cells;
  }

  private static void addTokens(List<Cell> cells, long here, @Nullable Long told) {
    cells.add(Cell.count(here));
    cells.add(Cell.count(told));
    cells.add(told == null ? Cell.unknown() : Cell.count(told - here));
  }
}
