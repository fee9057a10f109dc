package dev.claudometer.cli.text.status;

import dev.claudometer.cli.text.BlocksReport;
import dev.claudometer.cli.text.LimitsReport;
import dev.claudometer.cli.text.Printable;
import dev.claudometer.cli.text.Style;
import dev.claudometer.model.LimitReading;
import dev.claudometer.report.StatusFigures;
import dev.claudometer.usage.Block;
import dev.claudometer.usage.Block.BurnRate;
import dev.claudometer.usage.CostMode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the status line says: `🤖 Opus 5.5 (high) | 💰 $0.23 session / $1.23 today / $0.45 block
/// (2h 45m left) | 🔥 $0.12/hr | 🧠 25,000 (12%) | ⏳ 5h 46% | 🌿 main`. What is not known is left
/// out.
///
/// @param session what the session cost, in words; null where it is not known
/// @param figures what the store says; null where it cannot be asked
/// @param limits what is true of the windows that Claude Code told of
/// @param branch null where none is asked for, or there is none
public record StatusLine(
    StatusInput input,
    @Nullable String session,
    @Nullable StatusFigures figures,
    List<LimitReading> limits,
    @Nullable String branch,
    StatusLook look,
    Instant now) {

  private static final Map<String, String> WINDOWS =
      Map.of("five_hour", "5h", "seven_day", "7d", "spend_limit", "spend");
  private static final Style PLAIN = new Style(0, false, false, null);

  public String text() {
    List<String> parts = new ArrayList<>();
    parts.add("🤖 " + Printable.of(input.model()));
    if (look.money()) {
      money(parts);
      context(parts);
      limits(parts);
    } else {
      limits(parts);
      context(parts);
    }
    if (branch != null) {
      parts.add("🌿 " + Printable.of(branch));
    }
    return String.join(" | ", parts);
  }

  private void money(List<String> parts) {
    List<String> sums = new ArrayList<>();
    if (session != null) {
      sums.add(session + " session");
    }
    Block block = figures == null ? null : figures.block();
    if (figures != null) {
      sums.add(PLAIN.dollars(figures.today()) + " today");
      sums.add(block(block));
    }
    if (!sums.isEmpty()) {
      parts.add("💰 " + String.join(" / ", sums));
    }
    BurnRate rate = block == null ? null : block.burnRate(CostMode.AUTO);
    if (rate != null) {
      String hourly = PLAIN.dollars(BigDecimal.valueOf(rate.costPerHour())) + "/hr";
      parts.add("🔥 " + look.burning(hourly, rate));
    }
  }

  private String block(@Nullable Block block) {
    return block == null
        ? "No active block"
        : PLAIN.dollars(block.totals().cost(CostMode.AUTO))
            + " block ("
            + BlocksReport.duration(now, block.end())
            + " left)";
  }

  private void context(List<String> parts) {
    StatusContext context = input.context();
    if (context == null) {
      return;
    }
    String tokens = PLAIN.number(context.tokens());
    if (context.size() == 0) {
      parts.add("🧠 " + tokens);
    } else {
      long percent = Math.round(100.0 * context.tokens() / context.size());
      parts.add("🧠 " + look.filled(tokens + " (" + percent + "%)", percent));
    }
  }

  private void limits(List<String> parts) {
    List<String> windows =
        limits.stream().filter(limit -> !limit.over(now)).map(this::window).toList();
    if (!windows.isEmpty()) {
      parts.add("⏳ " + String.join(", ", windows));
    }
  }

  private String window(LimitReading limit) {
    long percent = Math.round(limit.utilization() * 100);
    Instant resetsAt = limit.resetsAt();
    return WINDOWS.getOrDefault(limit.window(), Printable.of(limit.window()))
        + ' '
        + look.filled(percent + "%", percent)
        + own(limit)
        + (look.money() || resetsAt == null
            ? ""
            : " (" + LimitsReport.span(Duration.between(now, resetsAt)) + " left)");
  }

  /// Claude Code's dollars are of its own reading.
  private String own(LimitReading limit) {
    boolean same =
        input.readings(now).stream()
            .anyMatch(
                told ->
                    told.window().equals(limit.window())
                        && told.utilization() == limit.utilization());
    return same ? input.money(limit.window()) : "";
  }
}
