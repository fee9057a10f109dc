package dev.claudometer.cli.text;

import dev.claudometer.model.Usd;
import dev.claudometer.report.whatif.WhatIf;
import dev.claudometer.report.whatif.WhatIf.Change;
import dev.claudometer.report.whatif.WhatIf.Row;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the same usage would have cost, in all forms.
public record WhatIfPrintout(WhatIf answer, ZoneId zone) implements Printout {

  @Override
  public Map<String, @Nullable Object> document() {
    return AnswerDocument.object(answer);
  }

  /// A line for the whole, and one for each model or month.
  @Override
  public Sheet sheet() {
    var sheet = new Sheet(List.of("name", "responses", "cost", "costThen", "costDifference"));
    sheet.add(line(whole()));
    answer.rows().forEach(row -> sheet.add(line(row)));
    return sheet;
  }

  private Row whole() {
    return new Row(
        "total", answer.responses(), answer.cost(), answer.costThen(), answer.costDifference());
  }

  private static List<Object> line(Row row) {
    return List.of(
        row.name(),
        row.responses(),
        row.cost().dollars(),
        row.costThen().dollars(),
        row.costDifference().dollars());
  }

  @Override
  public void table(PrintStream out, Style style) {
    out.println("With " + Printable.of(answer.rule()) + ":");
    out.println();
    TextTable table =
        TextTable.withColumns(List.of("", ">Responses", ">Cost", ">Then", ">Difference"));
    answer.rows().forEach(row -> table.add(cells(row, style)));
    table.rule();
    table.add(cells(whole(), style));
    table.print(out, style);
    if (!answer.changes().isEmpty()) {
      out.println();
      changes(style).print(out, style);
      others(out, style);
    }
    if (answer.unpriced() > 0) {
      out.println(
          style.count(answer.unpriced(), "response has", "responses have")
              + " no price under one of the two: in no sum.");
    }
    if (!answer.unsaid().isEmpty()) {
      out.println("Not in it: " + answer.unsaid());
    }
  }

  private static List<String> cells(Row row, Style style) {
    return List.of(
        Printable.of(row.name()),
        style.number(row.responses()),
        style.dollars(row.cost()),
        style.dollars(row.costThen()),
        signed(row.costDifference(), style));
  }

  private TextTable changes(Style style) {
    TextTable table =
        TextTable.withColumns(
            List.of(
                "When", "Session", "Model", ">Prompt", ">Output", ">Cost", ">Then", ">Difference"));
    for (Change change : answer.changes()) {
      table.add(
          List.of(
              style.minute(change.at(), zone),
              Printable.of(change.session().text()),
              Printable.of(change.model()),
              style.number(change.prompt()),
              style.number(change.output()),
              style.dollars(change.cost()),
              style.dollars(change.costThen()),
              signed(change.costDifference(), style)));
    }
    return table;
  }

  private void others(PrintStream out, Style style) {
    long others = answer.changed() - answer.changes().size();
    if (others > 0) {
      out.println(
          style.count(others, "more response", "more responses")
              + ": "
              + signed(answer.costOfOthers(), style)
              + ".");
    }
  }

  private static String signed(Usd amount, Style style) {
    return amount.nanos() < 0
        ? "−" + style.dollars(Usd.ZERO.minus(amount))
        : (amount.nanos() > 0 ? "+" : "") + style.dollars(amount);
  }
}
