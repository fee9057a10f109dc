package dev.claudometer.server.web.table;

import dev.claudometer.model.Usd;
import dev.claudometer.report.Figure;
import dev.claudometer.report.Figure.Unit;
import dev.claudometer.report.Money;
import dev.claudometer.server.web.table.Table.Column;
import dev.claudometer.usage.Totals;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The columns that tables of sums have in common: tokens are never one number. A page shows some,
/// and what was paid by contract where there is one; files have every [Figure].
public final class SumCells {

  private static final Set<Figure> NAMED =
      EnumSet.of(
          Figure.COST,
          Figure.COST_CONTRACT,
          Figure.RESPONSES,
          Figure.INPUT,
          Figure.OUTPUT,
          Figure.CACHE_READ,
          Figure.UNPRICED);

  private static final List<Figure> REST =
      Figure.ALL.stream().filter(figure -> !NAMED.contains(figure)).toList();

  private SumCells() {}

  public static List<Column> columns() {
    return columns(Column.optional(key(Figure.COST_CONTRACT), "By contract"));
  }

  /// The same without a look at rows: for those that are written on demand.
  ///
  /// @param sums of all rows
  public static List<Column> columns(Stream<Totals> sums) {
    String contract = key(Figure.COST_CONTRACT);
    return columns(
        sums.anyMatch(sum -> sum.contract() != null)
            ? Column.number(contract, "By contract")
            : Column.inFiles(contract));
  }

  private static List<Column> columns(Column contract) {
    return Stream.concat(
            Stream.of(
                Column.number("costUsd", "Cost"),
                Column.number("responses", "Responses"),
                Column.number("inputTokens", "Input"),
                Column.number("outputTokens", "Output"),
                Column.number("cacheWriteTokens", "Cache write"),
                Column.number("cacheReadTokens", "Cache read"),
                Column.inFiles("unpriced"),
                contract),
            REST.stream().map(SumCells::key).map(Column::inFiles))
        .toList();
  }

  private static String key(Figure figure) {
    return figure.unit() == Unit.DOLLARS ? figure.field() + "Usd" : figure.inReports();
  }

  public static List<Cell> of(Totals sums, Figures figures) {
    return Stream.concat(
            Stream.of(
                Cell.cost(figures, Money.of(sums)),
                Cell.count(sums.responses()),
                Cell.count(sums.tokens().input()),
                Cell.count(sums.tokens().output()),
                Cell.count(sums.tokens().cacheWrite()),
                Cell.count(sums.tokens().cacheRead()),
                Cell.count(sums.unpriced()),
                contract(sums, figures)),
            REST.stream().map(figure -> cell(figure.of(sums), figures)))
        .toList();
  }

  private static Cell contract(Totals sums, Figures figures) {
    Usd contract = sums.contract();
    return contract == null
        ? Cell.unknown()
        : Cell.cost(figures, new Money(contract, sums.billed() - sums.underContract()));
  }

  private static Cell cell(@Nullable Object value, Figures figures) {
    return switch (value) {
      case Usd dollars -> Cell.money(figures, dollars);
      case Long count -> Cell.count(count);
      case null, default -> Cell.unknown();
    };
  }
}
