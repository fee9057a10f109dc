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
    Totals all = UsageRow.sum(report.rows()).totals();
    List<String> sums = List.copyOf(UsageJson.sums(all, report.mode()).keySet());
    head.addAll(sums);
    var sheet = new Sheet(head);
    for (UsageRow row : report.rows()) {
      if (byModel) {
        row.models(report.mode())
            .forEach(
                model -> sheet.add(cells(row, List.of(model.getKey()), model.getValue(), sums)));
      } else {
        sheet.add(cells(row, List.of(), row.totals(), sums));
      }
    }
    return sheet;
  }

  /// @param sums the columns of sums: contract costs are among them where anything has one
  private List<@Nullable Object> cells(
      UsageRow row, List<String> model, Totals totals, List<String> sums) {
    List<@Nullable Object> cells = new ArrayList<>(List.of(row.label()));
    if (report.splitByProject()) {
      cells.add(row.project());
    }
    cells.addAll(model);
    Map<String, @Nullable Object> values = UsageJson.sums(totals, report.mode());
    sums.forEach(sum -> cells.add(values.get(sum)));
    return cells;
  }

  @Override
  public void table(PrintStream out, Style style) {
    new UsageTables(report, style, breakdown).print(out);
  }
}
