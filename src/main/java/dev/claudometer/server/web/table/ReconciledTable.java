package dev.claudometer.server.web.table;

import dev.claudometer.model.Usd;
import dev.claudometer.reconcile.DifferenceCause;
import dev.claudometer.reconcile.Part;
import dev.claudometer.reconcile.Reconciliation;
import dev.claudometer.reconcile.Reconciliation.Row;
import dev.claudometer.server.web.table.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Why a bill is not what was counted: step by step, and by what it is split.
public record ReconciledTable(Figures figures) {

  private static final List<Column> STEPS =
      List.of(
          Column.text("step", "Step"),
          Column.number("costUsd", "Amount"),
          Column.text("of", "What it is of"),
          Column.prose("known", "How it is known"),
          Column.prose("todo", "What to do"));

  /// From what was counted, cause by cause, to what was billed. The amounts between the two are the
  /// whole difference.
  public Table steps(Reconciliation answer) {
    List<List<Cell>> rows = new ArrayList<>();
    rows.add(
        step(
            "Counted here",
            Cell.cost(figures, answer.counted()),
            answer.first() + " to " + answer.last() + ", " + answer.zone().getId(),
            "Responses that are stored here.",
            ""));
    for (Part part : parts(answer)) {
      DifferenceCause cause = part.cause();
      rows.add(
          step(
              cause.title(),
              Cell.money(figures, part.amount()),
              String.join(", ", part.of()),
              cause.known(),
              cause.todo()));
    }
    rows.add(
        step(
            "Billed by Anthropic",
            Cell.billed(figures, answer.billed()),
            answer.first() + " to " + answer.last() + ", UTC",
            String.join(" ", answer.open()),
            ""));
    return Table.of("reconciled", "From counted to billed", STEPS, rows, "");
  }

  private static List<Part> parts(Reconciliation answer) {
    return answer.parts() == null ? List.of() : answer.parts();
  }

  private static List<Cell> step(String step, Cell amount, String of, String known, String todo) {
    return List.of(Cell.name(step), amount, text(of), text(known), text(todo));
  }

  private static Cell text(String text) {
    return text.isEmpty() ? Cell.none() : Cell.name(text);
  }

  /// The same of each day, model, workspace, key or person; files have each cause.
  public Table rows(Reconciliation answer) {
    List<DifferenceCause> causes = parts(answer).stream().map(Part::cause).toList();
    String by = answer.by().name().toLowerCase(Locale.ROOT);
    List<Column> columns = new ArrayList<>();
    columns.add(Column.time(by, by.substring(0, 1).toUpperCase(Locale.ROOT) + by.substring(1)));
    columns.add(Column.number("countedUsd", "Counted"));
    columns.add(Column.number("toldUsd", "Told, at list prices"));
    columns.add(Column.number("billedUsd", "Billed"));
    columns.add(Column.number("differenceUsd", "Difference"));
    columns.add(Column.number("unknownUsd", "Unknown"));
    causes.forEach(cause -> columns.add(Column.inFiles(cause.key() + "Usd")));
    return Table.of(
        "reconciled-" + by,
        "Counted, told and billed by " + by,
        columns,
        answer.rows().stream().map(row -> cells(row, causes)).toList(),
        "Nothing was counted in this period, and nothing is known of a bill.");
  }

  private List<Cell> cells(Row row, List<DifferenceCause> causes) {
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.name(row.name()));
    cells.add(Cell.money(figures, row.counted()));
    cells.add(Cell.money(figures, row.told()));
    cells.add(Cell.money(figures, row.billed()));
    cells.add(Cell.money(figures, row.difference()));
    cells.add(Cell.money(figures, row.unknown()));
    causes.forEach(cause -> cells.add(Cell.money(figures, amount(row.parts(), cause))));
    return cells;
  }

  private static @Nullable Usd amount(@Nullable List<Part> parts, DifferenceCause cause) {
    return parts == null
        ? null
        : parts.stream()
            .filter(part -> part.cause() == cause)
            .map(Part::amount)
            .findFirst()
            .orElse(Usd.ZERO);
  }
}
