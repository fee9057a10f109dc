package dev.claudometer.cli.text;

import dev.claudometer.model.ProjectName;
import dev.claudometer.model.Usd;
import dev.claudometer.report.Figure;
import dev.claudometer.usage.CostMode;
import dev.claudometer.usage.Totals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Usage reports as JSON: the field names of ccusage, those of its reports on Claude and those of
/// its reports on several agents, and additions.
///
/// A cost is the sum of what has a price; `unpricedResponses` says how many have none. A model
/// without any price has `cost: null`.
final class UsageJson {

  /// Rows that ccusage, when it reports on several agents, labels with `period` and `agent`.
  private static final Set<String> PERIODS = Set.of("date", "week", "month", "sessionId");

  /// What ccusage does not have, in the order in which it was added.
  private static final List<Figure> ADDED =
      List.of(
          Figure.CACHE_WRITE_5M,
          Figure.CACHE_WRITE_1H,
          Figure.WEB_SEARCHES,
          Figure.RESPONSES,
          Figure.UNFINALISED,
          Figure.UNPRICED,
          Figure.COST_CONTRACT,
          Figure.CONTRACT_UNPRICED,
          Figure.WEB_FETCHES,
          Figure.THINKING,
          Figure.PARTS,
          Figure.SAVED);

  /// Told where there is a contract.
  private static final List<Figure> UNDER_CONTRACT =
      List.of(Figure.COST_CONTRACT, Figure.CONTRACT_UNPRICED);

  private final UsageReport report;

  UsageJson(UsageReport report) {
    this.report = report;
  }

  Map<String, @Nullable Object> document() {
    var document = new LinkedHashMap<String, @Nullable Object>();
    if (report.grouped()) {
      document.put("projects", byProject());
    } else {
      List<Map<String, @Nullable Object>> rows = report.rows().stream().map(this::row).toList();
      document.put(report.name(), rows);
      if (report.name().equals("sessions")) {
        document.put("session", rows);
      }
    }
    document.put("totals", totals());
    return document;
  }

  private Map<String, @Nullable Object> totals() {
    UsageRow sum = UsageRow.sum(report.rows());
    Map<String, @Nullable Object> json = sums(sum.totals(), report.mode());
    List<String> unpriced = sum.unpricedModels(report.mode());
    if (!unpriced.isEmpty()) {
      json.put("unpricedModels", unpriced);
    }
    return json;
  }

  private Map<String, List<Object>> byProject() {
    var projects = new TreeMap<String, List<Object>>();
    for (UsageRow row : report.rows()) {
      projects.computeIfAbsent(row.project().text(), _ -> new ArrayList<>()).add(row(row));
    }
    return projects;
  }

  private Map<String, @Nullable Object> row(UsageRow row) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put(report.labelKey(), row.label());
    if (PERIODS.contains(report.labelKey())) {
      json.put("period", row.label());
      json.put("agent", "claude");
    }
    if (report.labelKey().equals("projectPath")) {
      json.put("projectDirectory", report.projectPaths().get(new ProjectName(row.label())));
    }
    if (report.splitByProject()) {
      json.put(
          report.labelKey().equals("sessionId") ? "projectPath" : "project", row.project().text());
      json.put("projectDirectory", report.projectPaths().get(row.project()));
    }
    json.putAll(sums(row.totals(), report.mode()));
    if (row.firstActivity() != null) {
      json.put("firstActivity", row.firstActivity());
      json.put("lastActivity", row.lastActivity());
    }
    json.put("modelsUsed", List.copyOf(row.byModel().keySet()));
    json.put("modelBreakdowns", row.models(report.mode()).stream().map(this::model).toList());
    return json;
  }

  private Map<String, @Nullable Object> model(Map.Entry<String, Totals> model) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    Totals totals = model.getValue();
    json.put("modelName", model.getKey());
    json.putAll(sums(totals, report.mode()));
    json.remove("totalTokens");
    json.remove("totalCost");
    json.put("cost", cost(totals, report.mode()));
    if (totals.unpriced(report.mode()) > 0) {
      json.put("missingPricing", true);
    }
    return json;
  }

  private static @Nullable Object cost(Totals totals, CostMode mode) {
    boolean unknown = totals.entirelyUnpriced(mode);
    return unknown ? null : totals.cost(mode).dollars();
  }

  /// The sums that every row has.
  static Map<String, @Nullable Object> sums(Totals totals, CostMode mode) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("inputTokens", totals.tokens().input());
    json.put("outputTokens", totals.tokens().output());
    json.put("cacheCreationTokens", totals.tokens().cacheWrite());
    json.put("cacheReadTokens", totals.tokens().cacheRead());
    json.put("totalTokens", totals.tokens().total());
    json.put("totalCost", totals.cost(mode).dollars());
    for (Figure figure : ADDED) {
      Object value = figure.of(totals);
      json.put(figure.inReports(), value instanceof Usd dollars ? dollars.dollars() : value);
    }
    json.put(Figure.UNPRICED.inReports(), totals.unpriced(mode));
    if (totals.contract() == null) {
      UNDER_CONTRACT.forEach(figure -> json.remove(figure.inReports()));
    }
    return json;
  }
}
