package dev.claudometer.cli.usage;

import dev.claudometer.app.LocalData;
import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.process.WrongUsage;
import dev.claudometer.cli.options.HomeOptions;
import dev.claudometer.cli.options.ReportOptions;
import dev.claudometer.cli.text.StatusFigures;
import dev.claudometer.cli.text.StatusLine;
import dev.claudometer.json.FlatJson;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.Usd;
import dev.claudometer.store.Batch;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Slice;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.usage.CostMode;
import dev.claudometer.usage.Totals;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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

  private static final String NUMBER = "\\d{1,9}(\\.\\d{1,30})?";
  private final Surroundings surroundings;

  @Mixin private HomeOptions home = new HomeOptions();

  @Option(
      names = {"-z", "--timezone"},
      paramLabel = "ZONE",
      description = "Zone of 'today'. Default: the system's.")
  private @Nullable String timezone;

  @Option(
      names = {"-O", "--offline"},
      description = "Accepted for scripts: the network is never used.")
  boolean offline;

  public StatuslineCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Map<String, String> input = input();
    var zoned = new ReportOptions();
    zoned.timezone = timezone;
    ZoneId zone = zoned.zone(surroundings);
    return LocalData.use(
        surroundings,
        home.homes,
        data -> {
          Instant now = surroundings.clock().instant();
          readings(input, now).forEach(reading -> data.store().append(Batch.of("", reading)));
          surroundings.out().println(line(data.store(), input, now, zone).text());
          return Exit.DONE;
        });
  }

  private Map<String, String> input() {
    try {
      return FlatJson.read(surroundings.in());
    } catch (IOException notJson) {
      throw new WrongUsage(
          "statusline reads the JSON that Claude Code writes to its status line command, and got"
              + " something else");
    }
  }

  private static StatusLine line(
      UsageStore store, Map<String, String> input, Instant now, ZoneId zone) {
    StatusFigures figures = StatusFigures.of(store, now, zone);
    return new StatusLine(
        input.getOrDefault("model.display_name", input.getOrDefault("model.id", "Claude")),
        sessionCost(store, input),
        figures.today(),
        figures.block(),
        now,
        number(input.get("context_window.total_input_tokens")),
        number(input.get("context_window.context_window_size")),
        readings(input, now));
  }

  /// What Claude Code says the session cost, else what its transcript does.
  private static Usd sessionCost(UsageStore store, Map<String, String> input) {
    String reported = input.get("cost.total_cost_usd");
    if (reported != null && reported.matches(NUMBER)) {
      return Usd.of(new BigDecimal(reported));
    }
    String session = input.getOrDefault("session_id", "");
    return sum(store.sums(TimeRange.ALL, EnumSet.of(Dimension.SESSION)).stream()
            .filter(slice -> slice.session().equals(session))
            .toList())
        .cost(CostMode.AUTO);
  }

  private static Totals sum(List<Slice> slices) {
    return slices.stream().map(Slice::totals).reduce(Totals.ZERO, Totals::plus);
  }

  /// `rate_limits.<window>.used_percentage` and `.resets_at` (epoch seconds), for whatever windows
  /// there are.
  private static List<LimitReading> readings(Map<String, String> input, Instant now) {
    String prefix = "rate_limits.";
    String suffix = ".used_percentage";
    return input.keySet().stream()
        .filter(path -> path.startsWith(prefix) && path.endsWith(suffix))
        .filter(path -> input.getOrDefault(path, "").matches(NUMBER))
        .sorted()
        .map(path -> path.substring(prefix.length(), path.length() - suffix.length()))
        .map(
            window -> {
              long resetsAt = number(input.get(prefix + window + ".resets_at"));
              double percent =
                  Double.parseDouble(input.getOrDefault(prefix + window + suffix, "0"));
              return new LimitReading(
                  window,
                  percent / 100,
                  resetsAt > 0 ? Instant.ofEpochSecond(resetsAt) : null,
                  now,
                  LimitReading.STATUS_LINE,
                  input.getOrDefault("session_id", ""));
            })
        .toList();
  }

  private static long number(@Nullable String text) {
    return text != null && text.matches("\\d{1,15}") ? Long.parseLong(text) : 0;
  }
}
