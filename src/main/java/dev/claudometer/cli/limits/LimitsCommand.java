package dev.claudometer.cli.limits;

import dev.claudometer.app.LimitSources;
import dev.claudometer.app.LocalData;
import dev.claudometer.app.config.ClaudeFiles;
import dev.claudometer.app.config.LimitVariables;
import dev.claudometer.app.config.LimitWay;
import dev.claudometer.app.config.Values;
import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.StateDirectory;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.options.FormOptions;
import dev.claudometer.cli.options.HomeOptions;
import dev.claudometer.cli.options.PrintsJson;
import dev.claudometer.cli.options.ReportOptions;
import dev.claudometer.cli.text.LimitWhyPrintout;
import dev.claudometer.cli.text.LimitsReport;
import dev.claudometer.cli.text.LimitsReport.Window;
import dev.claudometer.collect.PollLog;
import dev.claudometer.collect.QuotaPoll;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.LimitReading;
import dev.claudometer.report.KnownMachines;
import dev.claudometer.report.limits.Holding;
import dev.claudometer.report.limits.LimitAnswers;
import dev.claudometer.report.limits.Plan;
import dev.claudometer.report.limits.PlanAnswers;
import dev.claudometer.store.poll.Readings;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.quota.SqlReadings;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import dev.claudometer.usage.LimitForecast;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `limits`: how full plan windows are, and when they will be.
@Command(
    name = "limits",
    description = {
      "How full your plan's windows are, how old each reading is, and when they will be full.",
      "It reads what the status line was given and what Claude Code has saved."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class LimitsCommand implements Callable<Integer>, PrintsJson {

  private static final int WEEKS = 8;

  private final Surroundings surroundings;

  @Mixin private HomeOptions home = new HomeOptions();

  @Option(
      names = "--ask",
      paramLabel = "WAYS",
      description =
          "Also ask over the network, at most every five minutes: get_usage, oauth, claude.ai,"
              + " openrouter, copilot; commas between. Default: $$CLAUDOMETER_LIMITS.")
  private @Nullable String ask;

  @Option(
      names = {"-O", "--offline"},
      description = "Show what is stored, without looking anywhere.")
  private boolean offline;

  @Option(
      names = "--why",
      description = "Who used it up, step by step of the readings; and whether the plan fits.")
  private boolean why;

  @Option(
      names = {"-b", "--by"},
      paramLabel = "WHAT",
      description =
          "With --why, what is split by: session, device, project, agent or program. Default:"
              + " session.")
  private Holding by = Holding.SESSION;

  @Option(
      names = "--plan",
      paramLabel = "PLAN",
      description =
          "With --why, the plan that you have (pro, max or ultra): tells what another would have"
              + " done.")
  private @Nullable Plan plan;

  @Option(
      names = {"-z", "--timezone"},
      paramLabel = "ZONE",
      description = "With --why, the time zone of times. Default: the system's.")
  private @Nullable String timezone;

  @Mixin private FormOptions form = new FormOptions();

  public LimitsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public void printJson() {
    form.json = true;
  }

  @Override
  public Integer call() throws InterruptedException {
    var values = new Values(surroundings);
    Set<LimitWay> ways = LimitWay.among(values.given("--ask", ask, LimitVariables.LIMITS), values);
    try (var sources =
            LimitSources.of(ClaudeFiles.of(home.homes, surroundings), true, ways, values);
        Database database = open(values)) {
      var readings = new SqlReadings(database);
      List<String> failures =
          offline
              ? List.of()
              : new QuotaPoll(
                      sources.asked(), readings, DeviceId.THIS, surroundings.clock(), PollLog.NONE)
                  .runForPerson()
                  .failures();
      int code = why ? why() : print(report(readings));
      failures.forEach(failure -> surroundings.err().println("claudometer: " + failure));
      return failures.isEmpty() ? code : Exit.FAILED;
    }
  }

  /// The store of the reports: the status line's readings are in it.
  private Database open(Values values) {
    values.check();
    StateDirectory state = StateDirectory.of(surroundings);
    state.create();
    return SqliteStore.database(
        state.store(ClaudeFiles.search(home.homes, surroundings)), Durability.PROCESS);
  }

  private LimitsReport report(Readings readings) {
    Instant now = surroundings.clock().instant();
    List<Window> windows =
        readings.limits(DeviceId.THIS).stream()
            .map(reading -> window(readings, reading, now))
            .toList();
    return new LimitsReport(windows, readings.credits(DeviceId.THIS), now);
  }

  private static Window window(Readings readings, LimitReading last, Instant now) {
    return new Window(last, LimitForecast.of(readings.running(DeviceId.THIS, last.window()), now));
  }

  private int print(LimitsReport report) {
    form.output(surroundings).print(report);
    return Exit.DONE;
  }

  private int why() {
    var zoned = new ReportOptions();
    zoned.timezone = timezone;
    ZoneId zone = zoned.zone(surroundings);
    return LocalData.use(
        surroundings,
        home.homes,
        data -> {
          Instant now = surroundings.clock().instant();
          KnownMachines fleet = KnownMachines.ofThisMachine(data.store());
          List<DeviceId> machine = List.of(DeviceId.THIS);
          form.output(surroundings)
              .print(
                  new LimitWhyPrintout(
                      new LimitAnswers(data.store(), fleet, data.prices()::book)
                          .why(machine, null, now),
                      new PlanAnswers(data.store(), fleet).fits(machine, plan, WEEKS, now),
                      by,
                      now,
                      zone));
          return Exit.DONE;
        });
  }
}
