package dev.claudometer.cli.usage;

import dev.claudometer.app.LocalData;
import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.options.ReportOptions;
import dev.claudometer.cli.text.UsageReport;
import dev.claudometer.cli.text.UsageRow;
import dev.claudometer.model.ProjectName;
import dev.claudometer.report.Question;
import dev.claudometer.report.RowAnswers;
import dev.claudometer.report.Split;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.Where;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Usage by project or by model, the most expensive first.
final class SliceReport {

  private SliceReport() {}

  /// Names the report that rows make.
  interface Naming {
    UsageReport of(List<UsageRow> rows, Map<ProjectName, String> projectPaths);
  }

  static int run(Surroundings surroundings, ReportOptions options, Split split, Naming naming) {
    ZoneId zone = options.zone(surroundings);
    TimeRange range = options.range(zone, surroundings);
    options.output(surroundings);
    return LocalData.use(
        surroundings,
        options.home.homes,
        data -> {
          Where where = RowReport.where(data, options, range);
          var question = new Question(range, zone, split, where, DayOfWeek.SUNDAY);
          List<UsageRow> rows = RowReport.rows(new RowAnswers(data.store()).parts(question));
          RowReport.print(
              surroundings,
              options,
              naming.of(ordered(rows, options), data.store().projectPaths()));
          return Exit.DONE;
        });
  }

  private static List<UsageRow> ordered(List<UsageRow> rows, ReportOptions options) {
    Comparator<UsageRow> byCost = Comparator.comparing(row -> row.totals().cost(options.mode));
    return rows.stream()
        .sorted(options.order == ReportOptions.Order.ASC ? byCost : byCost.reversed())
        .toList();
  }
}
