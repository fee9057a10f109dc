package dev.claudometer.cli.text;

import dev.claudometer.model.Usd;
import dev.claudometer.reconcile.CauseDetail;
import dev.claudometer.reconcile.CauseDetail.Cell;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A cause, down to its days and models, in all forms.
public record CausePrintout(CauseDetail detail) implements Printout {

  @Override
  public Map<String, @Nullable Object> document() {
    return AnswerDocument.object(detail);
  }

  @Override
  public Sheet sheet() {
    var sheet =
        new Sheet(List.of("day", "model", "cost", "countedCost", "toldCost", "billedCost", "of"));
    for (Cell cell : detail.cells()) {
      List<@Nullable Object> line = new ArrayList<>();
      line.add(cell.day());
      line.add(cell.model());
      line.add(cell.cost().dollars());
      line.add(cell.countedCost().dollars());
      line.add(dollars(cell.toldCost()));
      line.add(dollars(cell.billedCost()));
      line.add(String.join(", ", cell.of()));
      sheet.add(line);
    }
    return sheet;
  }

  private static @Nullable BigDecimal dollars(@Nullable Usd amount) {
    return amount == null ? null : amount.dollars();
  }

  @Override
  public void table(PrintStream out, Style style) {
    out.println(style.bold(detail.title() + ": " + signed(detail.cost(), style)));
    out.println(detail.known());
    out.println(detail.todo());
    if (detail.cells().isEmpty()) {
      return;
    }
    out.println();
    TextTable table =
        TextTable.withColumns(
            List.of("Day (UTC)", "Model", ">USD", ">Counted", ">Told, at list", ">Billed", "Of"));
    for (Cell cell : detail.cells()) {
      table.add(
          List.of(
              cell.day(),
              cell.model().isEmpty() ? "(no model)" : Printable.of(cell.model()),
              signed(cell.cost(), style),
              style.dollars(cell.countedCost()),
              known(cell.toldCost(), style),
              known(cell.billedCost(), style),
              Printable.of(String.join(", ", cell.of()))));
    }
    table.print(out, style);
    detail.cells().stream()
        .map(Cell::day)
        .filter(day -> !day.isEmpty())
        .findFirst()
        .ifPresent(
            day ->
                out.println(
                    style.dim(
                        "What it is made of, a day each: claudometer reconcile --cause "
                            + detail.cause().replace('_', '-')
                            + " --day "
                            + day)));
  }

  private static String known(@Nullable Usd amount, Style style) {
    return amount == null ? "–" : style.dollars(amount);
  }

  private static String signed(Usd amount, Style style) {
    return amount.nanos() < 0
        ? "−" + style.dollars(Usd.ZERO.minus(amount))
        : (amount.nanos() > 0 ? "+" : "") + style.dollars(amount);
  }
}
