package dev.claudometer.cli.text;

import dev.claudometer.model.Usd;
import dev.claudometer.reconcile.ClosedMonth;
import dev.claudometer.reconcile.ClosedMonth.Seal;
import dev.claudometer.reconcile.Correction;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// When a month was closed, and what is not as it was then, in all forms.
public record ClosedMonthPrintout(ClosedMonth month) implements Printout {

  private static final String UNKNOWN = "–";

  @Override
  public Map<String, @Nullable Object> document() {
    return AnswerDocument.object(month);
  }

  /// A line for each correction: those since the last closing have no number.
  @Override
  public Sheet sheet() {
    var sheet = new Sheet(List.of("seal", "day", "what", "costBefore", "cost"));
    month
        .seals()
        .forEach(seal -> seal.corrections().forEach(each -> add(sheet, seal.number(), each)));
    month.corrections().forEach(each -> add(sheet, null, each));
    return sheet;
  }

  private static void add(Sheet sheet, @Nullable Long seal, Correction correction) {
    List<@Nullable Object> cells = new ArrayList<>();
    cells.add(seal);
    cells.add(correction.day());
    cells.add(correction.what());
    cells.add(dollars(correction.costBefore()));
    cells.add(dollars(correction.cost()));
    sheet.add(cells);
  }

  private static @Nullable BigDecimal dollars(@Nullable Usd amount) {
    return amount == null ? null : amount.dollars();
  }

  @Override
  public void table(PrintStream out, Style style) {
    if (month.seals().isEmpty()) {
      out.println(month.month() + " is not closed.");
    }
    for (Seal seal : month.seals()) {
      out.println(
          month.month()
              + " closed on "
              + style.minute(seal.at(), ZoneOffset.UTC)
              + " UTC by "
              + Printable.of(seal.by())
              + ", seal "
              + seal.number()
              + " "
              + seal.hash().substring(0, 12));
      corrections(seal.corrections(), out, style);
    }
    if (!month.corrections().isEmpty()) {
      out.println("Since then:");
      corrections(month.corrections(), out, style);
    }
    month.broken().forEach(problem -> out.println(style.warn(problem)));
  }

  private static void corrections(List<Correction> corrections, PrintStream out, Style style) {
    if (corrections.isEmpty()) {
      return;
    }
    TextTable table = TextTable.withColumns(List.of("Day (UTC)", "What", ">Before", ">Now"));
    for (Correction correction : corrections) {
      table.add(
          List.of(
              correction.day(),
              correction.what(),
              dollars(correction.costBefore(), style),
              dollars(correction.cost(), style)));
    }
    table.print(out, style);
  }

  private static String dollars(@Nullable Usd amount, Style style) {
    return amount == null ? UNKNOWN : style.dollars(amount);
  }
}
