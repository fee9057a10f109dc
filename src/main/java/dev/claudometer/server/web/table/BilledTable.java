package dev.claudometer.server.web.table;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.Measure;
import dev.claudometer.report.bill.BillAnswers.GroupSum;
import dev.claudometer.server.web.table.Table.Column;
import java.util.List;
import java.util.Locale;

/// Sums of one of Anthropic's reports. What the report does not tell stays unknown.
public record BilledTable(String id, String caption, String key, Figures figures) {

  public Table of(List<GroupSum> sums) {
    Table table = table(sums);
    return sums.stream().anyMatch(sum -> sum.unbilledTokens() > 0)
        ? table.with(
            Column.inFiles("unbilledTokens"),
            sums.stream().map(sum -> Cell.count(sum.unbilledTokens())).toList())
        : table;
  }

  private Table table(List<GroupSum> sums) {
    return Table.of(
        id,
        caption,
        List.of(
            Column.text(
                key,
                key.substring(0, 1).toUpperCase(Locale.ROOT) + key.substring(1).replace('_', ' ')),
            Column.number("costUsd", "Cost"),
            Column.number("inputTokens", "Input"),
            Column.number("outputTokens", "Output"),
            Column.number("cacheWriteTokens", "Cache write"),
            Column.number("cacheReadTokens", "Cache read")),
        sums.stream().map(this::row).toList(),
        "Nothing is known of this period.");
  }

  private List<Cell> row(GroupSum sum) {
    BilledAmounts amounts = sum.amounts();
    return List.of(
        Cell.name(sum.name()),
        Cell.billed(figures, sum.cost()),
        Cell.count(amounts.of(Measure.INPUT)),
        Cell.count(amounts.of(Measure.OUTPUT)),
        Cell.count(amounts.cacheWrite()),
        Cell.count(amounts.of(Measure.CACHE_READ)));
  }
}
