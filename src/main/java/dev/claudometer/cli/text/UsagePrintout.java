package dev.claudometer.cli.text;

import dev.claudometer.usage.Totals;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A usage report in all forms.
///
/// @param breakdown whether tables and CSV show the models of each row
public record UsagePrintout(UsageReport report, boolean breakdown) implements Printout {

  @Override
  public Map<String, @Nullable Object> document() {
    return new UsageJson(report).document();
  }

  /// One line per row, or per row and model.
  @Override
  public Sheet sheet() {
    boolean byModel = breakdown && !report.labelKey().equals("model");
    List<String> head = new ArrayList<>(List.of(report.labelKey()));
    if (report.splitByProject()) {
      head.add("project");
    }
    if (byModel) {
      head.add("model");
    }
    head.addAll(UsageJson.sums(Totals.ZERO, report.mode()).keySet());
    var sheet = new Sheet(head);
    for (UsageRow row : report.rows()) {
      if (byModel) {
        row.models(report.mode())
            .forEach(model -> sheet.add(cells(row, List.of(model.getKey()), model.getValue())));
      } else {
        sheet.add(cells(row, List.of(), row.totals()));
      }
    }
    return sheet;
  }

  private List<@Nullable Object> cells(UsageRow row, List<String> model, Totals totals) {
    List<@Nullable Object> cells = new ArrayList<>(List.of(row.label()));
    if (report.splitByProject()) {
      cells.add(row.project());
    }
    cells.addAll(model);
    cells.addAll(UsageJson.sums(totals, report.mode()).values());
    return cells;
  }

  @Override
  public void table(PrintStream out, Style style) {
    new UsageTables(report, style, breakdown).print(out);
  }
}
