package dev.claudometer.server.web.table;

import dev.claudometer.model.Usd;
import dev.claudometer.report.whatif.WhatIf;
import dev.claudometer.report.whatif.WhatIf.Change;
import dev.claudometer.report.whatif.WhatIf.Row;
import dev.claudometer.server.web.table.Table.Column;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What some usage cost beside what it would have cost.
///
/// @param about a page of the same period: each model has one of its own
public record WhatIfTable(WhatIf answer, Figures figures, Address about) {

  private static final String NOTHING = "Nothing was used in this period.";

  public Table models() {
    Map<String, String> names = ModelName.of(answer.rows().stream().map(Row::name).toList());
    return rows(
        "models",
        "By model",
        "model",
        "Model",
        row -> Cell.model(names.getOrDefault(row.name(), ""), row.name()).to(model(row.name())));
  }

  /// Of a plan.
  public Table months() {
    return rows("months", "By month", "month", "Month", row -> Cell.name(row.name()));
  }

  private String model(String id) {
    return about.at("/model").with("model", id).text();
  }

  private Table rows(
      String id, String caption, String key, String title, Function<Row, Cell> name) {
    Table table =
        Table.of(
            id,
            caption,
            List.of(
                Column.text(key, title),
                Column.number("costUsd", "Cost"),
                Column.number("costThenUsd", "Then"),
                Column.number("costDifferenceUsd", "Difference"),
                Column.number("responses", "Responses")),
            answer.rows().stream().map(row -> row(name.apply(row), row)).toList(),
            NOTHING);
    Row all =
        new Row("", answer.responses(), answer.cost(), answer.costThen(), answer.costDifference());
    return table.rows().size() < 2 ? table : table.totalling(row(Cell.name("Total"), all));
  }

  private List<Cell> row(Cell name, Row row) {
    return List.of(
        name,
        Cell.money(figures, row.cost()),
        Cell.money(figures, row.costThen()),
        difference(row.costDifference()),
        Cell.count(row.responses()));
  }

  private Cell difference(Usd amount) {
    return new Cell(new SignedAmounts(figures).signed(amount), amount.dollars(), "", List.of());
  }

  /// The responses that make the largest differences; below them what all others come to.
  public Table changes() {
    Table table =
        Table.of(
            "changes",
            "Responses that make the difference",
            List.of(
                Column.text("response", "Response"),
                Column.number("costUsd", "Cost"),
                Column.number("costThenUsd", "Then"),
                Column.number("costDifferenceUsd", "Difference"),
                Column.time("at", "At"),
                Column.text("session", "Session"),
                Column.text("model", "Model"),
                Column.number("prompt", "Prompt"),
                Column.number("output", "Output")),
            answer.changes().stream().map(this::change).toList(),
            "No response would have cost anything else.");
    long others = answer.changed() - answer.changes().size();
    return others == 0 ? table : table.totalling(others(others));
  }

  private List<Cell> change(Change change) {
    Address session = new Address("/session", List.of()).with("id", change.session().text());
    return List.of(
        Cell.name(change.id()),
        Cell.money(figures, change.cost()),
        Cell.money(figures, change.costThen()),
        difference(change.costDifference()),
        Cell.time(figures, change.at()),
        Cell.name(change.session().text()).to(session.text()),
        Cell.model(ModelName.words(change.model()), change.model()),
        Cell.count(change.prompt()),
        Cell.count(change.output()));
  }

  private List<Cell> others(long others) {
    return List.of(
        Cell.name(Figures.count(others) + " others"),
        Cell.none(),
        Cell.none(),
        difference(answer.costOfOthers()),
        Cell.none(),
        Cell.none(),
        Cell.none(),
        Cell.none(),
        Cell.none());
  }
}
