package dev.claudometer.cli.text;

import dev.claudometer.usage.Totals;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Usage reports as CSV (RFC 4180): one line per row, or per row and model.
public final class UsageCsv {

  private final UsageReport report;
  private final boolean breakdown;

  /// The columns of sums: contract costs stand in them where anything is under a contract.
  private List<String> sums = List.of();

  public UsageCsv(UsageReport report, boolean breakdown) {
    this.report = report;
    this.breakdown = breakdown && !report.labelKey().equals("model");
  }

  public void print(PrintStream out) {
    List<String> head = new ArrayList<>(List.of(report.labelKey()));
    if (report.splitByProject()) {
      head.add("project");
    }
    if (breakdown) {
      head.add("model");
    }
    Totals all = UsageRow.sum(report.rows()).totals();
    sums = List.copyOf(UsageJson.sums(all, report.mode()).keySet());
    head.addAll(sums);
    print(out, head);
    for (UsageRow row : report.rows()) {
      if (breakdown) {
        row.models(report.mode())
            .forEach(model -> print(out, line(row, List.of(model.getKey()), model.getValue())));
      } else {
        print(out, line(row, List.of(), row.totals()));
      }
    }
  }

  private List<String> line(UsageRow row, List<String> model, Totals totals) {
    List<String> cells = new ArrayList<>(List.of(row.label()));
    if (report.splitByProject()) {
      cells.add(row.project());
    }
    cells.addAll(model);
    Map<String, @Nullable Object> values = UsageJson.sums(totals, report.mode());
    sums.forEach(sum -> cells.add(text(values.get(sum))));
    return cells;
  }

  /// A value as a cell: numbers in plain digits, what is unknown empty.
  static String text(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }

  static void print(PrintStream out, List<String> cells) {
    out.print(cells.stream().map(UsageCsv::quoted).collect(Collectors.joining(",")) + "\r\n");
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
