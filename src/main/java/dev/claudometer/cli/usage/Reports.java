package dev.claudometer.cli.usage;

import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.process.WrongUsage;
import dev.claudometer.cli.options.ReportOptions;
import dev.claudometer.cli.text.UsagePrintout;
import dev.claudometer.cli.text.UsageReport;
import dev.claudometer.cli.text.UsageRow;
import dev.claudometer.source.claudecode.Projects;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Slice;
import dev.claudometer.store.Sums;
import dev.claudometer.store.TimeRange;
import dev.claudometer.usage.PeriodKind;
import dev.claudometer.usage.Totals;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Asks the store for rows, and prints them in the form that was asked for.
final class Reports {

  private Reports() {}

  static void print(Surroundings surroundings, ReportOptions options, UsageReport report) {
    options.output(surroundings).print(new UsagePrintout(report, options.breakdown));
  }

  /// One row per period and, where asked for, project; periods without usage have none.
  static List<UsageRow> periods(
      Sums store,
      TimeRange range,
      ZoneId zone,
      PeriodKind kind,
      DayOfWeek startOfWeek,
      boolean byProject,
      @Nullable String project) {
    TimeRange extent = store.extent();
    if (extent == null) {
      return List.of();
    }
    Instant from = later(range.from(), extent.from());
    Instant to = range.to().isBefore(extent.to()) ? range.to() : extent.to();
    List<UsageRow> rows = new ArrayList<>();
    LocalDate first = kind.first(from.atZone(zone).toLocalDate(), startOfWeek);
    for (Instant start = start(first, zone); start.isBefore(to); start = start(first, zone)) {
      LocalDate next = kind.next(first);
      var period =
          new TimeRange(later(start, range.from()), earlier(start(next, zone), range.to()));
      rows.addAll(rows(store, period, first.toString(), byProject, project));
      first = next;
    }
    return rows;
  }

  private static List<UsageRow> rows(
      Sums store, TimeRange period, String label, boolean byProject, @Nullable String project) {
    Set<Dimension> by =
        byProject || project != null
            ? EnumSet.of(Dimension.MODEL, Dimension.PROJECT)
            : EnumSet.of(Dimension.MODEL);
    var byKey = new TreeMap<String, Map<String, Totals>>();
    for (Slice slice : store.sums(period, by)) {
      if (project == null || slice.project().equals(project)) {
        byKey
            .computeIfAbsent(byProject ? slice.project() : "", _ -> new TreeMap<>())
            .merge(slice.model(), slice.totals(), Totals::plus);
      }
    }
    return byKey.entrySet().stream()
        .map(entry -> new UsageRow(label, entry.getKey(), null, null, entry.getValue()))
        .toList();
  }

  private static Instant start(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant();
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  /// The directory name of a project that was given by name or by path; null where none was given.
  ///
  /// @throws WrongUsage where no such project is known
  static @Nullable String project(
      @Nullable String given, Map<String, String> paths, List<Slice> known) {
    if (given == null) {
      return null;
    }
    String path = Projects.spelled(given);
    for (Slice slice : known) {
      if (given.equals(slice.project()) || path.equals(paths.get(slice.project()))) {
        return slice.project();
      }
    }
    throw new WrongUsage(
        "no project '" + given + "': 'claudometer projects' lists their names and paths");
  }
}
