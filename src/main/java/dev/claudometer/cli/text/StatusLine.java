package dev.claudometer.cli.text;

import dev.claudometer.model.LimitReading;
import dev.claudometer.model.Usd;
import dev.claudometer.usage.Block;
import dev.claudometer.usage.Block.BurnRate;
import dev.claudometer.usage.CostMode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the status line says: `🤖 Opus 5.5 | 💰 $0.23 session / $1.23 today / $0.45 block (2h 45m
/// left) | 🔥 $0.12/hr | 🧠 25,000 (12%) | ⏳ 5h 46%`.
///
/// @param contextTokens tokens in the context, 0 where unknown
/// @param contextSize size of the context window, 0 where unknown
public record StatusLine(
    String model,
    Usd session,
    Usd today,
    @Nullable Block block,
    Instant now,
    long contextTokens,
    long contextSize,
    List<LimitReading> limits) {

  private static final Map<String, String> WINDOWS = Map.of("five_hour", "5h", "seven_day", "7d");
  private static final Style PLAIN = new Style(0, false, false, null);

  public String text() {
    var line = new StringBuilder("🤖 ").append(Printable.of(model));
    line.append(" | 💰 ").append(PLAIN.dollars(session)).append(" session / ");
    line.append(PLAIN.dollars(today)).append(" today / ").append(blockText());
    BurnRate rate = block == null ? null : block.burnRate(CostMode.AUTO);
    if (rate != null) {
      line.append(" | 🔥 ")
          .append(PLAIN.dollars(BigDecimal.valueOf(rate.costPerHour())))
          .append("/hr");
    }
    if (contextTokens > 0 && contextSize > 0) {
      line.append(" | 🧠 ").append(PLAIN.number(contextTokens));
      line.append(" (").append(Math.round(100.0 * contextTokens / contextSize)).append("%)");
    }
    for (LimitReading limit : limits) {
      line.append(limit.equals(limits.getFirst()) ? " | ⏳ " : ", ");
      line.append(WINDOWS.getOrDefault(limit.window(), Printable.of(limit.window())));
      line.append(' ').append(Math.round(limit.utilization() * 100)).append('%');
    }
    return line.toString();
  }

  private String blockText() {
    return block == null
        ? "no active block"
        : PLAIN.dollars(block.totals().cost(CostMode.AUTO))
            + " block ("
            + BlocksReport.duration(now, block.end())
            + " left)";
  }
}
