package dev.claudometer.cli.usage;

import dev.claudometer.app.LocalData;
import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.options.PrintsJson;
import dev.claudometer.cli.options.ReportOptions;
import dev.claudometer.cli.text.SessionPrintout;
import dev.claudometer.cli.text.UsageReport;
import dev.claudometer.cli.text.UsageRow;
import dev.claudometer.model.Attribution;
import dev.claudometer.model.Origin;
import dev.claudometer.model.SessionId;
import dev.claudometer.report.RowAnswers;
import dev.claudometer.report.session.SessionAnswers;
import dev.claudometer.source.claudecode.place.DirectoryName;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Entry;
import dev.claudometer.store.EventFilter;
import dev.claudometer.store.StoredEvent;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.Where;
import dev.claudometer.usage.SessionRemainder;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `session`: usage by session, or the responses of one.
@Command(
    name = "session",
    description =
        "Usage by session, most expensive first; with an id, the responses of one session.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class SessionCommand implements Callable<Integer>, PrintsJson {

  private final Surroundings surroundings;

  @Mixin private ReportOptions options = new ReportOptions();

  @Option(
      names = {"-i", "--id"},
      paramLabel = "ID",
      description = "The same as the argument.")
  private @Nullable String id;

  @Parameters(arity = "0..1", paramLabel = "ID", description = "A session's id or its beginning.")
  private @Nullable String argument;

  public SessionCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  SessionCommand(Surroundings surroundings, ReportOptions options) {
    this(surroundings);
    this.options = options;
  }

  @Override
  public void printJson() {
    options.form.json = true;
  }

  @Override
  public Integer call() {
    ZoneId zone = options.zone(surroundings);
    TimeRange range = options.range(zone, surroundings);
    options.output(surroundings);
    String wanted = argument == null ? id : argument;
    return LocalData.use(
        surroundings,
        options.home.homes,
        data -> wanted == null ? list(data, range, zone) : detail(data, range, zone, wanted));
  }

  private int list(LocalData data, TimeRange range, ZoneId zone) {
    RowReport.print(surroundings, options, report(data, range, zone));
    return Exit.DONE;
  }

  UsageReport report(LocalData data, TimeRange range, ZoneId zone) {
    var question =
        RowReport.question(range, zone, DayOfWeek.SUNDAY, RowReport.where(data, options, range));
    List<UsageRow> rows = RowReport.rows(new RowAnswers(data.store()).sessions(question));
    rows.sort(order());
    return new UsageReport(
        "sessions",
        "sessionId",
        "Session",
        true,
        false,
        rows,
        options.mode,
        data.store().projectPaths());
  }

  /// As ccusage: by cost, the most expensive first. With `--order`: by last activity. What is the
  /// same in that stands in the order of its names.
  private Comparator<UsageRow> order() {
    if (options.order == null) {
      return (row, other) -> {
        int byCost = other.totals().cost(options.mode).compareTo(row.totals().cost(options.mode));
        return byCost == 0 ? byName(row, other) : byCost;
      };
    }
    int sign = options.order == ReportOptions.Order.DESC ? -1 : 1;
    return (row, other) -> {
      int byTime = sign * lastActivity(row).compareTo(lastActivity(other));
      return byTime == 0 ? byName(row, other) : byTime;
    };
  }

  private static Instant lastActivity(UsageRow row) {
    Instant last = row.lastActivity();
    return last == null ? Instant.EPOCH : last;
  }

  private static int byName(UsageRow row, UsageRow other) {
    int byLabel = row.label().compareTo(other.label());
    return byLabel == 0 ? row.project().compareTo(other.project()) : byLabel;
  }

  private int detail(LocalData data, TimeRange range, ZoneId zone, String wanted) {
    SessionAnswers answers = SessionLookup.answers(data);
    SessionId session = SessionLookup.find(answers, wanted);
    Where where =
        RowReport.where(data, options, range).and(Dimension.SESSION, Set.of(session.text()));
    List<Entry> entries = data.store().entries(range, where);
    SessionRemainder remainder = where.isInSums() ? answers.remainder(session) : null;
    options
        .output(surroundings)
        .print(
            new SessionPrintout(
                session, worktree(data, session), entries, remainder, options.mode, zone));
    return Exit.DONE;
  }

  private static @Nullable String worktree(LocalData data, SessionId session) {
    for (StoredEvent stored : data.store().events(new EventFilter.OfSession(session, 0, 1))) {
      Attribution attribution = stored.event().attribution();
      if (attribution.origin() instanceof Origin.Line line) {
        return DirectoryName.worktree(line.file(), attribution.project());
      }
    }
    return null;
  }
}
