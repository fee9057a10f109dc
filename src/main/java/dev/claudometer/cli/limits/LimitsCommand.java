package dev.claudometer.cli.limits;

import dev.claudometer.app.LimitSources;
import dev.claudometer.app.config.ClaudeFiles;
import dev.claudometer.app.config.LimitVariables;
import dev.claudometer.app.config.LimitWay;
import dev.claudometer.app.config.Values;
import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.StateDirectory;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.options.HomeOptions;
import dev.claudometer.cli.options.ReportOptions;
import dev.claudometer.cli.text.LimitsReport;
import dev.claudometer.cli.text.LimitsReport.Window;
import dev.claudometer.collect.PollLog;
import dev.claudometer.collect.QuotaPoll;
import dev.claudometer.json.PrintedJson;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.LimitReading;
import dev.claudometer.store.poll.Readings;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.quota.SqlReadings;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import dev.claudometer.usage.LimitForecast;
import java.time.Instant;
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
public final class LimitsCommand implements Callable<Integer> {

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
      names = {"-j", "--json"},
      description = "Print JSON.")
  private boolean json;

  public LimitsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
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
      print(report(readings));
      failures.forEach(failure -> surroundings.err().println("claudometer: " + failure));
      return failures.isEmpty() ? Exit.DONE : Exit.FAILED;
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

  private void print(LimitsReport report) {
    if (json) {
      PrintedJson.print(surroundings.out(), report.document());
    } else {
      report.print(surroundings.out(), new ReportOptions().output(surroundings).style());
    }
  }
}
