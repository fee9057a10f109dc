package dev.claudometer.cli.text;

import dev.claudometer.model.ProjectName;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usd;
import dev.claudometer.usage.Totals;
import java.io.PrintStream;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Renders usage reports as tables.
final class UsageTables {

  private final UsageReport report;
  private final Style style;
  private final boolean breakdown;
  private final boolean withActivity;
  private final boolean withModels;
  private final boolean underContract;
  private final UsageRow sum;
  private final Map<String, String> modelNames = new HashMap<>();

  UsageTables(UsageReport report, Style style, boolean breakdown) {
    this.report = report;
    this.style = style;
    this.breakdown = breakdown && !report.labelKey().equals("model");
    this.withActivity = withActivity(report.rows());
    this.sum = UsageRow.sum(report.rows());
    this.underContract = sum.totals().contract() != null;
    this.withModels = !report.labelKey().equals("model");
  }

  private static boolean withActivity(List<UsageRow> rows) {
    for (UsageRow row : rows) {
      if (row.lastActivity() != null) {
        return true;
      }
    }
    return false;
  }

  void print(PrintStream out) {
    if (report.rows().isEmpty()) {
      out.println("No usage found.");
      return;
    }
    TextTable table = TextTable.withColumns(columns());
    for (UsageRow row : report.rows()) {
      table.add(cells(row));
      if (breakdown) {
        row.models(report.mode()).forEach(model -> table.add(breakdownCells(model)));
      }
    }
    table.rule();
    table.add(totalCells());
    table.print(out, style);
    Notes.of(sum, report.mode(), style).forEach(out::println);
  }

  private List<String> columns() {
    List<String> columns = new ArrayList<>();
    columns.add(report.labelTitle());
    if (report.splitByProject()) {
      columns.add("Project");
    }
    if (withModels) {
      columns.add("Models");
    }
    columns.add(">Input");
    columns.add(">Output");
    if (!style.narrow()) {
      columns.addAll(List.of(">Cache Create", ">Cache Read", ">Total Tokens"));
    }
    if (style.costs()) {
      columns.add(">Cost (USD)");
      if (underContract) {
        columns.add(">Contract (USD)");
      }
    }
    if (withActivity && !style.narrow()) {
      columns.add("Last Activity");
    }
    return columns;
  }

  private List<String> cells(UsageRow row) {
    List<String> cells = new ArrayList<>();
    cells.add(label(row.label()));
    if (report.splitByProject()) {
      cells.add(Printable.of(report.projectTitle(row.project())));
    }
    if (withModels) {
      cells.add(models(row.byModel().keySet()));
    }
    numbers(cells, row.totals());
    if (withActivity && !style.narrow()) {
      cells.add(
          row.lastActivity() == null ? "" : style.minute(row.lastActivity(), ZoneOffset.UTC) + "Z");
    }
    return cells;
  }

  private String models(Set<String> ids) {
    if (ids.size() == 1) {
      return modelName(ids.iterator().next());
    }
    var models = new TreeSet<String>();
    ids.forEach(id -> models.add(modelName(id)));
    return String.join("\n", models);
  }

  private String modelName(String id) {
    return modelNames.computeIfAbsent(id, Printable::model);
  }

  private String label(String label) {
    return switch (report.labelKey()) {
      case "date", "week" -> style.date(LocalDate.parse(label));
      case "projectPath" -> Printable.of(report.projectTitle(new ProjectName(label)));
      case "model" -> Printable.of(label.isEmpty() ? "unknown" : label);
      default -> Printable.of(label);
    };
  }

  private List<String> breakdownCells(Map.Entry<String, Totals> model) {
    List<String> cells = new ArrayList<>();
    cells.add("");
    if (report.splitByProject()) {
      cells.add("");
    }
    cells.add("└ " + Printable.model(model.getKey()));
    numbers(cells, model.getValue());
    if (withActivity && !style.narrow()) {
      cells.add("");
    }
    return cells;
  }

  private List<String> totalCells() {
    List<String> cells = new ArrayList<>();
    cells.add("Total");
    if (report.splitByProject()) {
      cells.add("");
    }
    if (withModels) {
      cells.add("");
    }
    numbers(cells, sum.totals());
    if (withActivity && !style.narrow()) {
      cells.add("");
    }
    return cells;
  }

  private void numbers(List<String> cells, Totals totals) {
    TokenCounts tokens = totals.tokens();
    cells.add(style.number(tokens.input()));
    cells.add(style.number(tokens.output()));
    if (!style.narrow()) {
      cells.add(style.number(tokens.cacheWrite()));
      cells.add(style.number(tokens.cacheRead()));
      cells.add(style.number(tokens.total()));
    }
    if (style.costs()) {
      cells.add(cost(totals));
      if (underContract) {
        cells.add(contract(totals));
      }
    }
  }

  private String contract(Totals totals) {
    Usd contract = totals.contract();
    return contract == null
        ? "unknown"
        : style.dollars(contract) + (totals.underContract() < totals.billed() ? "+" : "");
  }

  private String cost(Totals totals) {
    boolean unknown = totals.entirelyUnpriced(report.mode());
    boolean partly = totals.unpriced(report.mode()) > 0 && !unknown;
    return unknown ? "unpriced" : style.dollars(totals.cost(report.mode())) + (partly ? "+" : "");
  }
}
