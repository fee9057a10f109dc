package dev.claudometer.cli.text;

import dev.claudometer.usage.CostMode;
import dev.claudometer.usage.Totals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Usage reports as JSON: the field names of ccusage, and additions.
///
/// A cost is the sum of what has a price; `unpricedResponses` says how many have none. A model
/// without any price has `cost: null`.
public final class UsageJson {

  private final UsageReport report;

  public UsageJson(UsageReport report) {
    this.report = report;
  }

  public Map<String, @Nullable Object> document() {
    var document = new LinkedHashMap<String, @Nullable Object>();
    if (report.grouped()) {
      document.put("projects", byProject());
    } else {
      document.put(report.name(), report.rows().stream().map(this::row).toList());
    }
    document.put("totals", sums(UsageRow.sum(report.rows()).totals(), report.mode()));
    return document;
  }

  private Map<String, List<Object>> byProject() {
    var projects = new TreeMap<String, List<Object>>();
    for (UsageRow row : report.rows()) {
      projects.computeIfAbsent(row.project(), _ -> new ArrayList<>()).add(row(row));
    }
    return projects;
  }

  private Map<String, @Nullable Object> row(UsageRow row) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put(report.labelKey(), row.label());
    if (report.labelKey().equals("projectPath")) {
      json.put("projectDirectory", report.projectPaths().get(row.label()));
    }
    if (report.splitByProject()) {
      json.put(report.labelKey().equals("sessionId") ? "projectPath" : "project", row.project());
      json.put("projectDirectory", report.projectPaths().get(row.project()));
    }
    json.putAll(sums(row.totals(), report.mode()));
    if (row.firstActivity() != null) {
      json.put("firstActivity", String.valueOf(row.firstActivity()));
      json.put("lastActivity", String.valueOf(row.lastActivity()));
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
    json.put("cacheCreation5mTokens", totals.tokens().cacheWrite5m());
    json.put("cacheCreation1hTokens", totals.tokens().cacheWrite1h());
    json.put("webSearchRequests", totals.webSearches());
    json.put("responses", totals.responses());
    json.put("unfinalisedResponses", totals.unfinalised());
    json.put("unpricedResponses", totals.unpriced(mode));
    if (totals.contract() != null) {
      json.put("contractCost", totals.contract().dollars());
      json.put("contractUnpricedResponses", totals.billed() - totals.underContract());
    }
    return json;
  }
}
