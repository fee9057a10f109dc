package dev.claudometer.cli.text;

import dev.claudometer.model.Usd;
import dev.claudometer.reconcile.Part;
import dev.claudometer.reconcile.Reconciliation;
import dev.claudometer.reconcile.Reconciliation.Row;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A reconciliation as tables: from what was counted, cause by cause, to what was billed; and its
/// rows. What is unknown is `–`.
final class ReconcileTable {

  private static final String UNKNOWN = "–";

  private final Reconciliation answer;
  private final Style style;

  ReconcileTable(Reconciliation answer, Style style) {
    this.answer = answer;
    this.style = style;
  }

  void print(PrintStream out) {
    steps().print(out, style);
    out.println();
    rows().print(out, style);
    answer.open().forEach(line -> out.println(style.dim(Printable.of(line))));
  }

  private TextTable steps() {
    TextTable table =
        TextTable.withColumns(
            style.narrow()
                ? List.of("Step", ">USD")
                : List.of("Step", ">USD", "Of", "How it is known"));
    step(table, "Counted here", dollars(answer.counted().known()), days(), "");
    for (Part part : parts(answer.parts())) {
      step(
          table,
          part.cause().title(),
          signed(part.amount()),
          String.join(", ", part.of()),
          part.cause().known());
    }
    if (answer.parts() == null) {
      step(table, "Difference", UNKNOWN, "", "Nothing is known of the bill.");
    }
    table.rule();
    String billed = dollars(answer.billed().known());
    boolean lacks = answer.billed().known() != null && !answer.billed().whole();
    step(table, "Billed by Anthropic", billed + (lacks ? "+" : ""), "UTC", "");
    return table;
  }

  private String days() {
    return answer.first() + " to " + answer.last() + ", " + answer.zone().getId();
  }

  private void step(TextTable table, String name, String amount, String of, String known) {
    table.add(
        style.narrow() ? List.of(name, amount) : List.of(name, amount, Printable.of(of), known));
  }

  private TextTable rows() {
    TextTable table =
        TextTable.withColumns(
            List.of(title(), ">Counted", ">Told, at list", ">Billed", ">Difference", ">Unknown"));
    for (Row row : answer.rows()) {
      table.add(cells(row));
    }
    return table;
  }

  private String title() {
    return switch (answer.by()) {
      case DAY -> "Day (UTC)";
      case MODEL -> "Model";
      case WORKSPACE -> "Workspace";
      case KEY -> "Key";
      case PERSON -> "Person";
    };
  }

  private List<String> cells(Row row) {
    List<String> cells = new ArrayList<>();
    cells.add(Printable.of(row.name()));
    cells.add(dollars(row.counted()));
    cells.add(dollars(row.told()));
    cells.add(dollars(row.billed()));
    cells.add(signed(row.difference()));
    cells.add(row.billed() == null ? UNKNOWN : signed(row.unknown()));
    return cells;
  }

  private static List<Part> parts(@Nullable List<Part> parts) {
    return parts == null ? List.of() : parts;
  }

  private String dollars(@Nullable Usd amount) {
    return amount == null ? UNKNOWN : style.dollars(amount);
  }

  /// `+$4.00`, `−$4.00`.
  private String signed(@Nullable Usd amount) {
    if (amount == null) {
      return UNKNOWN;
    }
    Usd size = amount.nanos() < 0 ? Usd.ZERO.minus(amount) : amount;
    String sign = amount.nanos() < 0 ? "−" : amount.nanos() > 0 ? "+" : "";
    return sign + style.dollars(size);
  }
}
