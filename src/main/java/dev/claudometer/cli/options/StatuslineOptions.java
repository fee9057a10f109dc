package dev.claudometer.cli.options;

import dev.claudometer.app.config.TerminalVariables;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.process.WrongUsage;
import dev.claudometer.cli.text.status.StatusLook;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How the status line looks: the names are those that users of ccusage know.
public final class StatuslineOptions {

  @Option(
      names = {"-B", "--visual-burn-rate"},
      paramLabel = "off|emoji|text|emoji-text",
      description =
          "Say beside the burn rate whether it is normal, moderate or high. Default: off.")
  private String burnRate = "off";

  @Option(
      names = "--cost-source",
      paramLabel = "auto|cc|ccusage|both",
      description =
          "The session's cost: as Claude Code says (cc), as it is counted here (ccusage), or both."
              + " Default: auto, which is Claude Code's where it says one that is the session's own.")
  private String costSource = "auto";

  @Option(
      names = "--context-low-threshold",
      paramLabel = "PERCENT",
      description = "The context is green below it, and there are colours. Default: 50.")
  private @Nullable Integer low;

  @Option(
      names = "--context-medium-threshold",
      paramLabel = "PERCENT",
      description = "The context is yellow below it and red beyond. Default: 80.")
  private @Nullable Integer medium;

  @Option(
      names = "--color",
      negatable = true,
      description = "Colours or none. Default: with thresholds, or with FORCE_COLOR.")
  private @Nullable Boolean color;

  @Option(names = "--git-branch", description = "Show the branch that is checked out.")
  public boolean branch;

  @Option(
      names = "--no-cost",
      description = "For subscribers: limits and when they reset, no dollars.")
  private boolean withoutCost;

  @Option(names = "--cache", negatable = true, hidden = true)
  boolean cache;

  @Option(names = "--refresh-interval", hidden = true)
  @Nullable String refreshInterval;

  @Option(names = "--config", hidden = true)
  @Nullable String config;

  @Option(
      names = {"-d", "--debug"},
      hidden = true)
  boolean debug;

  @Option(names = "--single-thread", hidden = true)
  boolean singleThread;

  /// Where the session's cost comes from.
  public enum CostSource {
    AUTO,
    CC,
    CCUSAGE,
    BOTH
  }

  /// Which was asked for.
  ///
  /// @throws WrongUsage where it is none
  public CostSource costSource() {
    return switch (costSource) {
      case "auto" -> CostSource.AUTO;
      case "cc" -> CostSource.CC;
      case "ccusage" -> CostSource.CCUSAGE;
      case "both" -> CostSource.BOTH;
      default ->
          throw new WrongUsage(
              "'" + costSource + "' is no --cost-source: use auto, cc, ccusage or both");
    };
  }

  /// What was asked for.
  ///
  /// @throws WrongUsage where thresholds or words are none
  public StatusLook look(Surroundings surroundings) {
    if (!burnRate.matches("off|emoji|text|emoji-text")) {
      throw new WrongUsage(
          "'" + burnRate + "' is no --visual-burn-rate: use off, emoji, text or emoji-text");
    }
    int green = low == null ? StatusLook.PLAIN.low() : low;
    int yellow = medium == null ? StatusLook.PLAIN.medium() : medium;
    if (green < 0 || yellow > 100 || green >= yellow) {
      throw new WrongUsage(
          "thresholds are percentages, and --context-low-threshold is below"
              + " --context-medium-threshold");
    }
    return new StatusLook(
        !withoutCost,
        burnRate.startsWith("emoji"),
        burnRate.endsWith("text"),
        colored(surroundings),
        green,
        yellow);
  }

  private boolean colored(Surroundings surroundings) {
    if (color != null) {
      return color;
    }
    boolean wanted =
        low != null
            || medium != null
            || !TerminalVariables.FORCE_COLOR.in(surroundings).matches("|0|false");
    return wanted && TerminalVariables.NO_COLOR.in(surroundings).isEmpty();
  }
}
