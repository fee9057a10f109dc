package dev.claudometer.cli.usage;

import dev.claudometer.app.LocalData;
import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.process.WrongUsage;
import dev.claudometer.cli.options.PrintsJson;
import dev.claudometer.cli.options.ReportOptions;
import dev.claudometer.cli.text.BlocksReport;
import dev.claudometer.report.BlockAnswers;
import dev.claudometer.report.CutBlocks;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.Where;
import dev.claudometer.usage.Block;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `blocks`: usage by five-hour window.
@Command(
    name = "blocks",
    description = "Usage by five-hour window, with the burn rate and projection of the active one.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class BlocksCommand implements Callable<Integer>, PrintsJson {

  private static final Duration RECENT = Duration.ofDays(3);

  private final Surroundings surroundings;

  @Mixin private ReportOptions options = new ReportOptions();

  @Option(
      names = {"-a", "--active"},
      description = "Only the active block.")
  private boolean active;

  @Option(
      names = {"-r", "--recent"},
      description = "Only the last three days, and the active block.")
  private boolean recent;

  @Option(
      names = {"-t", "--token-limit"},
      paramLabel = "N|max",
      description = "Compare with this many tokens; max: the largest completed block.")
  private @Nullable String tokenLimit;

  @Option(
      names = {"-n", "--session-length"},
      paramLabel = "HOURS",
      description = "Length of a block. Default: 5.")
  private double hours = 5;

  public BlocksCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public void printJson() {
    options.form.json = true;
  }

  @Override
  public Integer call() {
    if (!(hours > 0 && hours <= 24 * 365)) {
      throw new WrongUsage("--session-length takes a number of hours above 0, such as 5");
    }
    if (tokenLimit != null && !tokenLimit.matches("max|[1-9][0-9]{0,17}")) {
      throw new WrongUsage(
          "--token-limit takes a number of tokens or max, not '" + tokenLimit + "'");
    }
    ZoneId zone = options.zone(surroundings);
    TimeRange range = options.range(zone, surroundings);
    options.output(surroundings);
    return LocalData.use(surroundings, options.home.homes, data -> run(data, range, zone));
  }

  private int run(LocalData data, TimeRange range, ZoneId zone) {
    Instant now = surroundings.clock().instant();
    Where where = RowReport.where(data, options, range);
    var answers = new BlockAnswers(data.store(), data.memory().of(CutBlocks.class));
    List<Block> all = answers.all(where, length(), now);
    if (answers.known() != null) {
      data.memory().keep(answers.known());
    }
    List<Block> shown =
        all.stream()
            .filter(
                block ->
                    !block.start().isBefore(range.from()) && block.start().isBefore(range.to()))
            .filter(block -> !active || block.active())
            .filter(
                block -> !recent || block.active() || !block.start().isBefore(now.minus(RECENT)))
            .toList();
    List<Block> ordered = options.order == ReportOptions.Order.DESC ? shown.reversed() : shown;
    options
        .output(surroundings)
        .print(
            new BlocksReport(
                ordered, answers.limitResets(), limit(shown), options.mode, now, zone));
    return Exit.DONE;
  }

  private Duration length() {
    return Duration.ofMillis(Math.round(hours * 3_600_000));
  }

  /// The tokens that blocks are compared with; 0 for none.
  private long limit(List<Block> blocks) {
    if (tokenLimit == null) {
      return 0;
    }
    return tokenLimit.equals("max")
        ? blocks.stream()
            .filter(block -> !block.active())
            .mapToLong(block -> block.totals().tokens().total())
            .max()
            .orElse(0)
        : Long.parseLong(tokenLimit);
  }
}
