package dev.claudometer.cli.text;

import dev.claudometer.model.Usd;
import dev.claudometer.reconcile.lines.CauseLines;
import dev.claudometer.reconcile.lines.CauseLines.BilledLine;
import dev.claudometer.reconcile.lines.CauseLines.CountedResponse;
import dev.claudometer.reconcile.lines.CauseLines.ToldLine;
import java.io.PrintStream;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a cause is made of on a day, in all forms. Times are in UTC, as bills are.
public record CauseLinesPrintout(CauseLines lines) implements Printout {

  @Override
  public Map<String, @Nullable Object> document() {
    return AnswerDocument.object(lines);
  }

  /// A line for each of the three kinds: `response`, `use` or `charge`.
  @Override
  public Sheet sheet() {
    var sheet =
        new Sheet(
            List.of(
                "kind",
                "at",
                "holder",
                "model",
                "what",
                "input",
                "output",
                "cacheWrite",
                "cacheRead",
                "cost"));
    for (CountedResponse each : lines.responses()) {
      add(
          sheet,
          "response",
          each.at(),
          each.machine(),
          each.model(),
          id(each),
          each.input(),
          each.output(),
          each.cacheWrite(),
          each.cacheRead(),
          each.cost() == null ? null : each.cost().dollars());
    }
    for (ToldLine each : lines.uses()) {
      add(
          sheet,
          "use",
          each.at(),
          each.holder(),
          each.model(),
          terms(each),
          each.input(),
          each.output(),
          each.cacheWrite(),
          each.cacheRead(),
          null);
    }
    for (BilledLine each : lines.charges()) {
      add(
          sheet,
          "charge",
          each.at(),
          each.workspace(),
          each.model(),
          what(each),
          null,
          null,
          null,
          null,
          each.cost() == null ? null : each.cost().dollars());
    }
    return sheet;
  }

  private static void add(Sheet sheet, @Nullable Object... cells) {
    sheet.add(new ArrayList<>(Arrays.asList(cells)));
  }

  /// What `claudometer explain` takes.
  private static String id(CountedResponse response) {
    return response.message().isEmpty() ? response.request() : response.message();
  }

  /// `batch, us`.
  private static String terms(ToldLine use) {
    return use.region().isEmpty()
        ? use.tier()
        : use.tier().isEmpty() ? use.region() : use.tier() + ", " + use.region();
  }

  private static String what(BilledLine charge) {
    return charge.description().isEmpty() ? charge.type() : charge.description();
  }

  @Override
  public void table(PrintStream out, Style style) {
    out.println(style.bold(lines.title() + ", " + lines.day() + " (UTC)"));
    if (lines.responses().isEmpty() && lines.uses().isEmpty() && lines.charges().isEmpty()) {
      out.println("Nothing of it is on that day.");
    }
    if (!lines.responses().isEmpty()) {
      responses(out, style);
    }
    if (!lines.uses().isEmpty()) {
      uses(out, style);
    }
    if (!lines.charges().isEmpty()) {
      charges(out, style);
    }
    if (lines.more()) {
      out.println("There are more lines than these.");
    }
  }

  private void responses(PrintStream out, Style style) {
    TextTable table =
        TextTable.withColumns(
            List.of(
                "Counted",
                "Machine",
                "Model",
                ">Input",
                ">Output",
                ">Cache write",
                ">Cache read",
                ">USD",
                "claudometer explain"));
    for (CountedResponse each : lines.responses()) {
      table.add(
          List.of(
              style.minute(each.at(), ZoneOffset.UTC),
              Printable.of(each.machine().isEmpty() ? "this machine" : each.machine()),
              Printable.of(each.model()),
              style.number(each.input()),
              style.number(each.output()),
              style.number(each.cacheWrite()),
              style.number(each.cacheRead()),
              dollars(each.cost(), style),
              Printable.of(id(each))));
    }
    out.println();
    table.print(out, style);
  }

  private void uses(PrintStream out, Style style) {
    TextTable table =
        TextTable.withColumns(
            List.of(
                "Told by Anthropic",
                "Holder",
                "Model",
                "Terms",
                ">Input",
                ">Output",
                ">Cache write",
                ">Cache read"));
    for (ToldLine each : lines.uses()) {
      table.add(
          List.of(
              style.minute(each.at(), ZoneOffset.UTC),
              Printable.of(each.holder()),
              Printable.of(each.model()),
              Printable.of(terms(each)),
              style.number(each.input()),
              style.number(each.output()),
              style.number(each.cacheWrite()),
              style.number(each.cacheRead())));
    }
    out.println();
    table.print(out, style);
  }

  private void charges(PrintStream out, Style style) {
    TextTable table = TextTable.withColumns(List.of("Billed for", "Workspace", "Model", ">USD"));
    for (BilledLine each : lines.charges()) {
      table.add(
          List.of(
              Printable.of(what(each)),
              Printable.of(each.workspace()),
              Printable.of(each.model()),
              dollars(each.cost(), style)));
    }
    out.println();
    table.print(out, style);
  }

  private static String dollars(@Nullable Usd amount, Style style) {
    return amount == null
        ? "–"
        : amount.nanos() < 0 ? "−" + style.dollars(Usd.ZERO.minus(amount)) : style.dollars(amount);
  }
}
