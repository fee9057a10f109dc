package dev.claudometer.cli.usage;

import dev.claudometer.app.LocalData;
import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.process.WrongUsage;
import dev.claudometer.cli.options.PeriodOptions;
import dev.claudometer.cli.options.PeriodOptions.Section;
import dev.claudometer.cli.options.PrintsJson;
import dev.claudometer.cli.options.ReportOptions;
import dev.claudometer.cli.text.Output;
import dev.claudometer.cli.text.Sections;
import dev.claudometer.cli.text.UsagePrintout;
import dev.claudometer.cli.text.UsageReport;
import dev.claudometer.cli.text.UsageRow;
import dev.claudometer.model.ProjectName;
import dev.claudometer.report.EarlierDays;
import dev.claudometer.report.RowAnswers;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.Where;
import dev.claudometer.usage.PeriodKind;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `daily`, `weekly` and `monthly`: usage by period.
public abstract class PeriodCommand implements Callable<Integer>, PrintsJson {

  private final Surroundings surroundings;

  @Mixin ReportOptions options = new ReportOptions();

  @Mixin PeriodOptions period = new PeriodOptions();

  PeriodCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  PeriodCommand(Surroundings surroundings, ReportOptions options, PeriodOptions period) {
    this(surroundings);
    this.options = options;
    this.period = period;
  }

  abstract UsageReport report(List<UsageRow> rows, boolean split, Map<ProjectName, String> paths);

  abstract PeriodKind kind();

  DayOfWeek startOfWeek() {
    return DayOfWeek.SUNDAY;
  }

  @Override
  public void printJson() {
    options.form.json = true;
  }

  @Override
  public Integer call() {
    ZoneId zone = options.zone(surroundings);
    TimeRange range = range(zone);
    boolean csv = options.output(surroundings).form() == Output.Form.CSV;
    if (csv && !period.sections.isEmpty()) {
      throw new WrongUsage("--sections has no CSV, as each report has other columns");
    }
    return LocalData.use(surroundings, options.home.homes, data -> run(data, range, zone));
  }

  private TimeRange range(ZoneId zone) {
    return period.range(options, surroundings, zone, kind(), startOfWeek());
  }

  private int run(LocalData data, TimeRange range, ZoneId zone) {
    Output output = options.output(surroundings);
    output.print(
        period.sections.isEmpty()
            ? printout(report(data, range, zone))
            : new Sections(
                period.sections.stream()
                    .distinct()
                    .map(section -> printout(report(section, data, zone)))
                    .toList()));
    if (output.form() == Output.Form.TABLE) {
      earlier(data, range, zone);
    }
    return Exit.DONE;
  }

  private UsagePrintout printout(UsageReport report) {
    boolean table = options.output(surroundings).form() == Output.Form.TABLE;
    return new UsagePrintout(table ? report.titled(period.aliases) : report, options.breakdown);
  }

  private UsageReport report(Section section, LocalData data, ZoneId zone) {
    return switch (section) {
      case DAILY -> of(new Daily(surroundings, options, period), data, zone);
      case WEEKLY -> of(new Weekly(surroundings, options, period), data, zone);
      case MONTHLY -> of(new Monthly(surroundings, options, period), data, zone);
      case SESSION -> new SessionCommand(surroundings, options).report(data, range(zone), zone);
    };
  }

  /// This report's own where it is of that kind: it knows how its weeks begin.
  private UsageReport of(PeriodCommand other, LocalData data, ZoneId zone) {
    PeriodCommand asked = other.kind() == kind() ? this : other;
    return asked.report(data, asked.range(zone), zone);
  }

  private UsageReport report(LocalData data, TimeRange range, ZoneId zone) {
    boolean split = period.instances || period.project != null;
    Map<ProjectName, String> paths = split ? data.store().projectPaths() : Map.of();
    ProjectName project = project(data, paths);
    Where all = RowReport.where(data, options, range);
    Where where = project == null ? all : all.and(Dimension.PROJECT, Set.of(project.text()));
    List<UsageRow> rows =
        RowReport.rows(
            new RowAnswers(data.store())
                .periods(RowReport.question(range, zone, startOfWeek(), where), kind(), split));
    boolean newestFirst = options.order == ReportOptions.Order.DESC;
    return report(newestFirst ? rows.reversed() : rows, split, paths);
  }

  /// Below a table that reaches back to days whose transcripts are gone.
  private void earlier(LocalData data, TimeRange range, ZoneId zone) {
    // what is wrong with them 'doctor' says
    List<String> _ = data.statistics();
    EarlierDays earlier = EarlierDays.of(data.store().told(), zone);
    LocalDate before = earlier.before();
    String sentence = earlier.sentence();
    if (sentence != null
        && (before == null || range.from().isBefore(before.atStartOfDay(zone).toInstant()))) {
      surroundings.out().println(sentence);
    }
  }

  private @Nullable ProjectName project(LocalData data, Map<ProjectName, String> paths) {
    return period.project == null
        ? null
        : RowReport.project(
            period.project, paths, data.store().sums(TimeRange.ALL, EnumSet.of(Dimension.PROJECT)));
  }

  @Command(
      name = "daily",
      description = "Usage by day (the default).",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  public static final class Daily extends PeriodCommand {

    public Daily(Surroundings surroundings) {
      super(surroundings);
    }

    public Daily(Surroundings surroundings, ReportOptions options, PeriodOptions period) {
      super(surroundings, options, period);
    }

    @Override
    PeriodKind kind() {
      return PeriodKind.DAY;
    }

    @Override
    UsageReport report(List<UsageRow> rows, boolean split, Map<ProjectName, String> paths) {
      return new UsageReport(
          "daily", "date", "Date", split, period.instances, rows, options.mode, paths);
    }
  }

  @Command(
      name = "weekly",
      description = "Usage by week.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  public static final class Weekly extends PeriodCommand {

    @Option(
        names = {"-w", "--start-of-week"},
        paramLabel = "DAY",
        description = "First day of a week: sunday (default, as ccusage has it) to saturday.")
    DayOfWeek firstDay = DayOfWeek.SUNDAY;

    public Weekly(Surroundings surroundings) {
      super(surroundings);
    }

    Weekly(Surroundings surroundings, ReportOptions options, PeriodOptions period) {
      super(surroundings, options, period);
    }

    @Override
    PeriodKind kind() {
      return PeriodKind.WEEK;
    }

    @Override
    DayOfWeek startOfWeek() {
      return firstDay;
    }

    @Override
    UsageReport report(List<UsageRow> rows, boolean split, Map<ProjectName, String> paths) {
      return new UsageReport("weekly", "week", "Week", split, false, rows, options.mode, paths);
    }
  }

  @Command(
      name = "monthly",
      description = "Usage by month.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  public static final class Monthly extends PeriodCommand {

    public Monthly(Surroundings surroundings) {
      super(surroundings);
    }

    Monthly(Surroundings surroundings, ReportOptions options, PeriodOptions period) {
      super(surroundings, options, period);
    }

    @Override
    PeriodKind kind() {
      return PeriodKind.MONTH;
    }

    @Override
    UsageReport report(List<UsageRow> rows, boolean split, Map<ProjectName, String> paths) {
      List<UsageRow> named =
          rows.stream()
              .map(
                  row ->
                      new UsageRow(
                          row.label().substring(0, "2026-11".length()),
                          row.project(),
                          null,
                          null,
                          row.byModel()))
              .toList();
      return new UsageReport("monthly", "month", "Month", split, false, named, options.mode, paths);
    }
  }
}
