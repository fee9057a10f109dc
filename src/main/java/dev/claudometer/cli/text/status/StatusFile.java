package dev.claudometer.cli.text.status;

import dev.claudometer.cli.text.StatusFigures;
import dev.claudometer.cli.text.Style;
import dev.claudometer.usage.Block;
import dev.claudometer.usage.Block.BurnRate;
import dev.claudometer.usage.CostMode;
import java.math.BigDecimal;
import java.time.Instant;

/// What a running agent lays out for the status line's script, so that it need not start a JVM: the
/// same figures in the same words as [StatusLine], a line for each.
public final class StatusFile {

  private static final Style PLAIN = new Style(0, false, false, null);

  private StatusFile() {}

  /// The file's content.
  ///
  /// @param pid of the agent: without it, the figures grow old
  /// @param home what `CLAUDE_CONFIG_DIR` was when the agent started
  /// @param zone what `TZ` was
  public static String text(
      StatusFigures figures, StatusWords words, long pid, Instant now, String home, String zone) {
    var text = new StringBuilder().append(pid).append('\n');
    line(text, "home", home);
    line(text, "zone", zone);
    line(text, "written", Long.toString(now.getEpochSecond()));
    line(text, "midnight", Long.toString(figures.midnight().getEpochSecond()));
    line(text, "today", PLAIN.dollars(figures.today()));
    Block block = figures.block();
    if (block != null) {
      line(text, "block", PLAIN.dollars(block.totals().cost(CostMode.AUTO)));
      line(text, "block_end", Long.toString(block.end().getEpochSecond()));
      BurnRate rate = block.burnRate(CostMode.AUTO);
      if (rate != null) {
        line(text, "rate", PLAIN.dollars(BigDecimal.valueOf(rate.costPerHour())));
      }
    }
    words.lines().forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append('=').append(value.replaceAll("\\R", " ")).append('\n');
  }
}
