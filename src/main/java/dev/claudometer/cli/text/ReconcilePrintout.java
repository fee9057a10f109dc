package dev.claudometer.cli.text;

import dev.claudometer.model.Usd;
import dev.claudometer.reconcile.DifferenceCause;
import dev.claudometer.reconcile.Part;
import dev.claudometer.reconcile.Reconciliation;
import dev.claudometer.reconcile.Reconciliation.Row;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A reconciliation in all forms.
public record ReconcilePrintout(Reconciliation answer) implements Printout {

  @Override
  public Map<String, @Nullable Object> document() {
    return new ReconcileJson(answer).document();
  }

  /// A line for the whole, and one for each row, with a column for each cause that there is.
  @Override
  public Sheet sheet() {
    List<DifferenceCause> causes =
        answer.parts() == null ? List.of() : answer.parts().stream().map(Part::cause).toList();
    List<String> head =
        new ArrayList<>(
            List.of(
                answer.by().name().toLowerCase(Locale.ROOT),
                "countedCost",
                "toldCost",
                "billedCost",
                "costDifference"));
    causes.forEach(cause -> head.add("cost_" + cause.key()));
    var sheet = new Sheet(head);
    sheet.add(line(whole(), causes));
    answer.rows().forEach(row -> sheet.add(line(row, causes)));
    return sheet;
  }

  private Row whole() {
    return new Row(
        "total", answer.counted().known(), null, answer.billed().known(), answer.parts());
  }

  private static List<@Nullable Object> line(Row row, List<DifferenceCause> causes) {
    List<@Nullable Object> line = new ArrayList<>();
    line.add(row.name());
    line.add(dollars(row.counted()));
    line.add(dollars(row.told()));
    line.add(dollars(row.billed()));
    line.add(dollars(row.difference()));
    causes.forEach(cause -> line.add(dollars(amount(row.parts(), cause))));
    return line;
  }

  private static @Nullable BigDecimal dollars(@Nullable Usd amount) {
    return amount == null ? null : amount.dollars();
  }

  /// Zero where a cause has no part in a difference that is split.
  private static @Nullable Usd amount(@Nullable List<Part> parts, DifferenceCause cause) {
    return parts == null
        ? null
        : parts.stream()
            .filter(part -> part.cause() == cause)
            .map(Part::amount)
            .findFirst()
            .orElse(Usd.ZERO);
  }

  @Override
  public void table(PrintStream out, Style style) {
    new ReconcileTable(answer, style).print(out);
  }
}
