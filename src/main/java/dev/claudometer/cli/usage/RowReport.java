package dev.claudometer.cli.usage;

import dev.claudometer.app.LocalData;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.process.WrongUsage;
import dev.claudometer.cli.options.ReportOptions;
import dev.claudometer.cli.text.UsagePrintout;
import dev.claudometer.cli.text.UsageReport;
import dev.claudometer.cli.text.UsageRow;
import dev.claudometer.model.ProjectName;
import dev.claudometer.report.Question;
import dev.claudometer.report.RowAnswers;
import dev.claudometer.report.Split;
import dev.claudometer.source.claudecode.Projects;
import dev.claudometer.store.Slice;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.Where;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks the store for rows, and prints them in the form that was asked for.
final class RowReport {

  private RowReport() {}

  static void print(Surroundings surroundings, ReportOptions options, UsageReport report) {
    options.output(surroundings).print(new UsagePrintout(report, options.breakdown));
  }

  /// A question about a range of time, as the command line asks it.
  static Question question(TimeRange range, ZoneId zone, DayOfWeek startOfWeek, Where where) {
    return new Question(range, zone, Split.MODEL, where, startOfWeek);
  }

  /// The usage that a report is about, by who told of it.
  ///
  /// @throws WrongUsage where the store no longer knows that
  static Where where(LocalData data, ReportOptions options, TimeRange range) {
    Where where = Where.ANY.of(options.source);
    Instant horizon = data.store().standing().horizon();
    if (!where.isKnown(range, horizon)) {
      throw new WrongUsage(
          "who told of responses before "
              + horizon
              + " is no longer stored: with --source ask for a later --since");
    }
    return where;
  }

  /// The rows of an answer, as they are printed.
  static List<UsageRow> rows(List<RowAnswers.Row> rows) {
    List<UsageRow> printed = new ArrayList<>(rows.size());
    for (RowAnswers.Row row : rows) {
      printed.add(new UsageRow(row.key(), row.project(), row.first(), row.last(), row.byModel()));
    }
    return printed;
  }

  /// The directory name of a project that was given by name or by path; null where none was given.
  ///
  /// @throws WrongUsage where no such project is known
  static @Nullable ProjectName project(
      @Nullable String given, Map<ProjectName, String> paths, List<Slice> known) {
    if (given == null) {
      return null;
    }
    String path = Projects.spelled(given);
    for (Slice slice : known) {
      if (given.equals(slice.project().text()) || path.equals(paths.get(slice.project()))) {
        return slice.project();
      }
    }
    throw new WrongUsage(
        "no project '" + given + "': 'claudometer projects' lists their names and paths");
  }
}
