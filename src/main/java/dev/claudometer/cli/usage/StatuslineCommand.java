package dev.claudometer.cli.usage;

import dev.claudometer.app.LocalData;
import dev.claudometer.app.config.ClaudeFiles;
import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.process.WrongUsage;
import dev.claudometer.cli.options.HomeOptions;
import dev.claudometer.cli.options.ReportOptions;
import dev.claudometer.cli.options.StatuslineOptions;
import dev.claudometer.cli.text.status.StatusInput;
import dev.claudometer.cli.text.status.StatusLine;
import dev.claudometer.cli.text.status.StatusLook;
import dev.claudometer.json.FlatJson;
import dev.claudometer.model.CreditReading;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.LimitReading;
import dev.claudometer.report.StatusFigures;
import dev.claudometer.source.claudecode.place.ClaudeHome;
import dev.claudometer.store.Batch;
import dev.claudometer.store.StoreException;
import dev.claudometer.store.UsageStore;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `statusline`: one line for Claude Code's status line, from the JSON that it writes to stdin.
@Command(
    name = "statusline",
    description = {
      "One line for Claude Code's status line; reads its JSON on stdin and keeps its rate limits.",
      "In ~/.claude/settings.json: \"statusLine\": {\"type\": \"command\", \"command\":"
          + " \"claudometer statusline\"}"
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class StatuslineCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private HomeOptions home = new HomeOptions();

  @Option(
      names = {"-z", "--timezone"},
      paramLabel = "ZONE",
      description = "Zone of 'today'. Default: the system's.")
  private @Nullable String timezone;

  @Option(
      names = {"-O", "--offline"},
      negatable = true,
      description = "Accepted for scripts: the network is never used.")
  boolean offline;

  @Mixin private StatuslineOptions options = new StatuslineOptions();

  public StatuslineCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    StatusInput input = input();
    var zoned = new ReportOptions();
    zoned.timezone = timezone;
    ZoneId zone = zoned.zone(surroundings);
    StatusLook look = options.look(surroundings);
    List<ClaudeHome> homes = homes();
    SessionCost cost = new SessionCost(options.costSource(), input, homes);
    Instant now = surroundings.clock().instant();
    String branch = options.branch ? GitHead.of(input.directory()) : null;
    surroundings.out().println(line(input, zone, look, cost, branch, now).text());
    return Exit.DONE;
  }

  /// None where the locale lacks letters of their paths, which the store says too.
  private List<ClaudeHome> homes() {
    try {
      return ClaudeFiles.search(home.homes, surroundings).homes();
    } catch (InvalidPathException unwritable) {
      return List.of();
    }
  }

  private StatusInput input() {
    try {
      return new StatusInput(FlatJson.read(surroundings.in()));
    } catch (IOException notJson) {
      throw new WrongUsage(
          "statusline reads the JSON that Claude Code writes to its status line command, and got"
              + " something else");
    }
  }

  /// With what the store says, or without: there is always a line.
  private StatusLine line(
      StatusInput input,
      ZoneId zone,
      StatusLook look,
      SessionCost cost,
      @Nullable String branch,
      Instant now) {
    var lines = new ArrayList<StatusLine>();
    try {
      LocalData.use(
          surroundings,
          home.homes,
          data -> {
            UsageStore store = data.store();
            lines.add(
                new StatusLine(
                    input,
                    cost.text(store),
                    StatusFigures.of(store, now, zone),
                    limits(store, input, now),
                    branch,
                    look,
                    now));
            return Exit.DONE;
          });
    } catch (Failed | StoreException unknown) {
      surroundings.err().println("claudometer: " + unknown.getMessage());
    } catch (InvalidPathException unwritable) {
      surroundings.err().println("claudometer: " + Surroundings.unwritable(unwritable));
    }
    return lines.isEmpty()
        ? new StatusLine(input, cost.text(), null, input.readings(now), branch, look, now)
        : lines.getFirst();
  }

  /// What is true of the windows that were told of, after that was stored; with their dollars where
  /// this session told the truth.
  private static List<LimitReading> limits(UsageStore store, StatusInput input, Instant now) {
    Map<String, LimitReading> told =
        input.readings(now).stream()
            .collect(Collectors.toMap(LimitReading::window, Function.identity()));
    told.values().forEach(reading -> store.append(Batch.of(DeviceId.THIS, reading)));
    List<LimitReading> limits =
        store.limits(DeviceId.THIS).stream()
            .filter(limit -> told.containsKey(limit.window()))
            .toList();
    for (LimitReading limit : limits) {
      LimitReading own = told.get(limit.window());
      CreditReading credit = input.credit(limit.window(), now);
      if (credit != null && own != null && own.utilization() == limit.utilization()) {
        store.append(credit, DeviceId.THIS);
      }
    }
    return limits;
  }
}
