package dev.claudometer.cli.usage;

import dev.claudometer.app.LocalData;
import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.options.ReportOptions;
import dev.claudometer.cli.text.UsageReport;
import dev.claudometer.cli.text.UsageRow;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Slice;
import dev.claudometer.store.TimeRange;
import dev.claudometer.usage.Totals;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Usage by project or by model, the dearest first.
final class SliceReport {

  private SliceReport() {}

  /// Names the report that rows make.
  interface Naming {
    UsageReport of(List<UsageRow> rows, Map<String, String> projectPaths);
  }

  static int run(
      Surroundings surroundings, ReportOptions options, Dimension dimension, Naming naming) {
    TimeRange range = options.range(options.zone(surroundings), surroundings);
    options.output(surroundings);
    return LocalData.use(
        surroundings,
        options.home.homes,
        data -> {
          var sums = new TreeMap<String, Map<String, Totals>>();
          for (Slice slice : data.store().sums(range, EnumSet.of(Dimension.MODEL, dimension))) {
            sums.computeIfAbsent(
                    dimension == Dimension.MODEL ? slice.model() : slice.project(),
                    _ -> new TreeMap<>())
                .put(slice.model(), slice.totals());
          }
          Reports.print(
              surroundings, options, naming.of(rows(sums, options), data.store().projectPaths()));
          return Exit.DONE;
        });
  }

  private static List<UsageRow> rows(Map<String, Map<String, Totals>> sums, ReportOptions options) {
    Comparator<UsageRow> byCost = Comparator.comparing(row -> row.totals().cost(options.mode));
    return sums.entrySet().stream()
        .map(sum -> new UsageRow(sum.getKey(), "", null, null, sum.getValue()))
        .sorted(options.order == ReportOptions.Order.ASC ? byCost : byCost.reversed())
        .toList();
  }
}
