package dev.claudometer.cli.text;

import dev.claudometer.model.Usd;
import java.io.PrintStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Renders bills as tables. A column that nothing is known of is left out, a single unknown is `–`,
/// and what lacks a part ends with `+`.
final class BillTable {

  private final BillReport bill;
  private final Style style;
  private final int[] shown;

  BillTable(BillReport bill, Style style) {
    this.bill = bill;
    this.style = style;
    shown =
        IntStream.range(0, bill.columns().size())
            .filter(column -> bill.sum(column) != null)
            .filter(column -> style.costs() || !bill.columns().get(column).money())
            .filter(column -> !(style.narrow() && bill.columns().get(column).wide()))
            .toArray();
  }

  void print(PrintStream out) {
    if (bill.rows().isEmpty()) {
      out.println("No usage found.");
      return;
    }
    TextTable table = TextTable.withColumns(head());
    for (BillReport.Row row : bill.rows()) {
      List<String> cells = new ArrayList<>(List.of(label(row.label())));
      if (bill.by() != null) {
        cells.add(Printable.of(row.group()));
      }
      for (int column : shown) {
        cells.add(cell(column, row.values().get(column)) + (bill.partial(row, column) ? "+" : ""));
      }
      table.add(cells);
    }
    table.rule();
    table.add(total());
    table.print(out, style);
  }

  private List<String> head() {
    List<String> head = new ArrayList<>(List.of(bill.labelTitle()));
    if (bill.by() != null) {
      head.add(bill.by().title());
    }
    for (int column : shown) {
      head.add(">" + bill.columns().get(column).title());
    }
    return head;
  }

  private List<String> total() {
    List<String> cells = new ArrayList<>(List.of("Total"));
    if (bill.by() != null) {
      cells.add("");
    }
    for (int column : shown) {
      cells.add(cell(column, bill.sum(column)) + (bill.complete(column) ? "" : "+"));
    }
    return cells;
  }

  private String label(String label) {
    return bill.labelKey().equals("date") ? style.date(LocalDate.parse(label)) : label;
  }

  private String cell(int column, @Nullable Long value) {
    if (value == null) {
      return "–";
    }
    return bill.columns().get(column).money()
        ? style.dollars(new Usd(value))
        : style.number((long) value);
  }
}
