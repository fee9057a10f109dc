package dev.claudometer.cli.text;

import dev.claudometer.model.ProjectName;
import dev.claudometer.usage.CostMode;
import dev.claudometer.usage.RunningTotals;
import dev.claudometer.usage.Totals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A row of a usage report, added up once: it is sorted by its sum, and printed.
public final class UsageRow {

  private final String label;
  private final ProjectName project;
  private final @Nullable Instant firstActivity;
  private final @Nullable Instant lastActivity;
  private final Map<String, Totals> byModel;
  private final Totals totals;

  /// @param label the day, the week's or month's first day, the session, the project or the model
  /// @param project empty where rows are not split by project
  /// @param byModel sums by model id
  public UsageRow(
      String label,
      ProjectName project,
      @Nullable Instant firstActivity,
      @Nullable Instant lastActivity,
      Map<String, Totals> byModel) {
    this.label = label;
    this.project = project;
    this.firstActivity = firstActivity;
    this.lastActivity = lastActivity;
    this.byModel = byModel;
    totals = total(byModel);
  }

  private static Totals total(Map<String, Totals> byModel) {
    if (byModel.size() == 1) {
      return byModel.values().iterator().next();
    }
    var total = new RunningTotals();
    byModel.values().forEach(total::add);
    return total.totals();
  }

  public String label() {
    return label;
  }

  public ProjectName project() {
    return project;
  }

  public @Nullable Instant firstActivity() {
    return firstActivity;
  }

  public @Nullable Instant lastActivity() {
    return lastActivity;
  }

  public Map<String, Totals> byModel() {
    return byModel;
  }

  public Totals totals() {
    return totals;
  }

  /// Models by cost, the most expensive first; unpriced ones by name after them.
  public List<Map.Entry<String, Totals>> models(CostMode mode) {
    List<Map.Entry<String, Totals>> models = new ArrayList<>(byModel.entrySet());
    models.sort((one, other) -> compare(one, other, mode));
    return models;
  }

  private static int compare(
      Map.Entry<String, Totals> one, Map.Entry<String, Totals> other, CostMode mode) {
    int byCost = other.getValue().cost(mode).compareTo(one.getValue().cost(mode));
    return byCost != 0 ? byCost : one.getKey().compareTo(other.getKey());
  }

  /// Models of which a response has no known price.
  List<String> unpricedModels(CostMode mode) {
    return byModel.entrySet().stream()
        .filter(entry -> entry.getValue().unpriced(mode) > 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  /// One row that is the sum of all, by model.
  public static UsageRow sum(List<UsageRow> rows) {
    var sums = new TreeMap<String, RunningTotals>();
    for (UsageRow row : rows) {
      for (var model : row.byModel.entrySet()) {
        sums.computeIfAbsent(model.getKey(), _ -> new RunningTotals()).add(model.getValue());
      }
    }
    var byModel = new TreeMap<String, Totals>();
    sums.forEach((model, sum) -> byModel.put(model, sum.totals()));
    return new UsageRow("Total", ProjectName.NONE, null, null, byModel);
  }
}
