package dev.claudometer.cli.options;

import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.process.WrongUsage;
import dev.claudometer.store.TimeRange;
import dev.claudometer.usage.PeriodKind;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What reports by day, week and month can be asked besides: by project, and how far back.
public final class PeriodOptions {

  private static final int MOST = 10_000;

  @Option(
      names = {"-i", "--instances"},
      description = "Split by project.")
  public boolean instances;

  @Option(
      names = {"-p", "--project"},
      paramLabel = "NAME",
      description = "Only this project: its directory's name below 'projects', or its path.")
  public @Nullable String project;

  @Option(
      names = "--project-aliases",
      paramLabel = "NAME=TITLE",
      split = ",",
      description = "Other names for projects in tables; separate several with commas.")
  public Map<String, String> aliases = new HashMap<>();

  @Option(
      names = "--last",
      paramLabel = "N",
      description = "Only the last N days, weeks or months, including the current one.")
  private @Nullable Integer last;

  @Option(
      names = "--sections",
      paramLabel = "REPORTS",
      split = ",",
      description = "Several reports in one answer: daily, weekly, monthly, session.")
  public List<Section> sections = new ArrayList<>();

  /// A report that can stand beside others.
  public enum Section {
    DAILY,
    WEEKLY,
    MONTHLY,
    SESSION
  }

  /// The days that the report covers.
  public TimeRange range(
      ReportOptions options,
      Surroundings surroundings,
      ZoneId zone,
      PeriodKind kind,
      DayOfWeek startOfWeek) {
    TimeRange range = options.range(zone, surroundings);
    if (last == null) {
      return range;
    }
    if (options.since != null || options.until != null) {
      throw new WrongUsage("--last says where the report begins: leave --since and --until out");
    }
    if (last < 1 || last > MOST) {
      throw new WrongUsage("--last takes a number from 1 to " + MOST + ", such as 7");
    }
    LocalDate today = LocalDate.ofInstant(surroundings.clock().instant(), zone);
    LocalDate first = kind.first(today, startOfWeek);
    for (int i = 1; i < last; i++) {
      first = kind.first(first.minusDays(1), startOfWeek);
    }
    return new TimeRange(first.atStartOfDay(zone).toInstant(), range.to());
  }
}
