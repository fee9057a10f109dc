package dev.claudometer.cli.text;

import dev.claudometer.model.ProjectName;
import dev.claudometer.usage.CostMode;
import dev.claudometer.usage.Totals;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A row of a usage report.
///
/// @param label the day, the week's or month's first day, the session, the project or the model
/// @param project empty where rows are not split by project
/// @param byModel sums by model id
public record UsageRow(
    String label,
    ProjectName project,
    @Nullable Instant firstActivity,
    @Nullable Instant lastActivity,
    Map<String, Totals> byModel) {

  public Totals totals() {
    return byModel.values().stream().reduce(Totals.ZERO, Totals::plus);
  }

  /// Models by cost, the most expensive first; unpriced ones by name after them.
  public List<Map.Entry<String, Totals>> models(CostMode mode) {
    return byModel.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<String, Totals> entry) -> entry.getValue().cost(mode))
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .toList();
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
    var sum = new TreeMap<String, Totals>();
    for (UsageRow row : rows) {
      row.byModel().forEach((model, totals) -> sum.merge(model, totals, Totals::plus));
    }
    return new UsageRow("Total", ProjectName.NONE, null, null, sum);
  }
}
