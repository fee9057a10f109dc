package dev.claudometer.cli.text;

import dev.claudometer.usage.Block;
import dev.claudometer.usage.Block.BurnRate;
import dev.claudometer.usage.Block.Projection;
import dev.claudometer.usage.CostMode;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Five-hour blocks as a table, JSON (ccusage's field names) or CSV.
public final class BlocksReport {

  private static final double WARNING = 0.8;

  private final List<Block> blocks;
  private final long tokenLimit;
  private final CostMode mode;
  private final Instant now;
  private final ZoneId zone;
  private final Style style;

  /// @param tokenLimit what blocks are compared with, 0 for nothing
  public BlocksReport(
      List<Block> blocks, long tokenLimit, CostMode mode, Instant now, ZoneId zone, Style style) {
    this.blocks = List.copyOf(blocks);
    this.tokenLimit = tokenLimit;
    this.mode = mode;
    this.now = now;
    this.zone = zone;
    this.style = style;
  }

  public void print(PrintStream out, boolean json, boolean csv) {
    if (json) {
      Json.print(out, Map.of("blocks", blocks.stream().map(this::document).toList()));
    } else if (csv) {
      csv(out);
    } else {
      table(out);
    }
  }

  private Map<String, @Nullable Object> document(Block block) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("id", (block.gap() ? "gap-" : "") + block.start());
    json.put("startTime", block.start().toString());
    json.put("endTime", block.end().toString());
    json.put("actualEndTime", block.lastAt() == null ? null : block.lastAt().toString());
    json.put("isActive", block.active());
    json.put("isGap", block.gap());
    json.put("entries", block.totals().responses());
    var counts = new LinkedHashMap<String, @Nullable Object>();
    counts.put("inputTokens", block.totals().tokens().input());
    counts.put("outputTokens", block.totals().tokens().output());
    counts.put("cacheCreationInputTokens", block.totals().tokens().cacheWrite());
    counts.put("cacheReadInputTokens", block.totals().tokens().cacheRead());
    json.put("tokenCounts", counts);
    json.put("totalTokens", block.totals().tokens().total());
    json.put("costUSD", block.totals().cost(mode).dollars());
    json.put("unpricedResponses", block.totals().unpriced(mode));
    json.put("models", block.models());
    json.put("burnRate", block.active() ? burnRate(block.burnRate(mode)) : null);
    json.put("projection", projection(block.projection(mode, now)));
    if (tokenLimit > 0 && block.active()) {
      json.put("tokenLimitStatus", limitStatus(block));
    }
    return json;
  }

  private static @Nullable Object burnRate(@Nullable BurnRate rate) {
    if (rate == null) {
      return null;
    }
    var json = new LinkedHashMap<String, Object>();
    json.put("tokensPerMinute", rate.tokensPerMinute());
    json.put("tokensPerMinuteForIndicator", rate.indicatorTokensPerMinute());
    json.put("costPerHour", rate.costPerHour());
    return json;
  }

  private static @Nullable Object projection(@Nullable Projection projection) {
    if (projection == null) {
      return null;
    }
    var json = new LinkedHashMap<String, Object>();
    json.put("totalTokens", projection.totalTokens());
    json.put("totalCost", projection.totalCost());
    json.put("remainingMinutes", projection.remainingMinutes());
    return json;
  }

  private Map<String, Object> limitStatus(Block block) {
    Projection projection = block.projection(mode, now);
    long projected =
        projection == null ? block.totals().tokens().total() : projection.totalTokens();
    double used = (double) projected / tokenLimit;
    var json = new LinkedHashMap<String, Object>();
    json.put("limit", tokenLimit);
    json.put("projectedUsage", projected);
    json.put("percentUsed", used * 100);
    json.put("status", used > 1 ? "exceeds" : used > WARNING ? "warning" : "ok");
    return json;
  }

  private void csv(PrintStream out) {
    out.print(
        "startTime,endTime,actualEndTime,isActive,isGap,entries,inputTokens,outputTokens,cacheCreationInputTokens,cacheReadInputTokens,totalTokens,costUSD,unpricedResponses\r\n");
    for (Block block : blocks) {
      var tokens = block.totals().tokens();
      out.print(
          block.start()
              + ","
              + block.end()
              + ","
              + (block.gap() ? "" : block.lastAt())
              + ","
              + block.active()
              + ","
              + block.gap()
              + ","
              + block.totals().responses()
              + ","
              + tokens.input()
              + ","
              + tokens.output()
              + ","
              + tokens.cacheWrite()
              + ","
              + tokens.cacheRead()
              + ","
              + tokens.total()
              + ","
              + block.totals().cost(mode).dollars().toPlainString()
              + ","
              + block.totals().unpriced(mode)
              + "\r\n");
    }
  }

  private void table(PrintStream out) {
    if (blocks.isEmpty()) {
      out.println("No blocks found.");
      return;
    }
    TextTable table =
        TextTable.withColumns(
            tokenLimit > 0
                ? List.of("Block", "Status", "Models", ">Tokens", ">% of limit", ">Cost (USD)")
                : List.of("Block", "Status", "Models", ">Tokens", ">Cost (USD)"));
    blocks.forEach(block -> table.add(cells(block)));
    table.print(out, style);
    long unpriced = blocks.stream().mapToLong(block -> block.totals().unpriced(mode)).sum();
    if (unpriced > 0) {
      out.println(
          style.warn(
              "+ "
                  + style.number(unpriced)
                  + " responses have no known price ('claudometer models')"));
    }
    blocks.stream().filter(Block::active).forEach(block -> active(out, block));
  }

  private List<String> cells(Block block) {
    String span = style.minute(block.start(), zone);
    if (block.gap()) {
      List<String> gap = List.of(span, "gap " + duration(block.start(), block.end()), "", "", "");
      return tokenLimit > 0 ? List.of(gap.get(0), gap.get(1), "", "", "", "") : gap;
    }
    String status =
        block.active() ? "active, " + duration(now, block.end()) + " left" : duration(block);
    String models = block.models().stream().map(Printable::model).collect(Collectors.joining("\n"));
    long tokens = block.totals().tokens().total();
    String cost =
        style.dollars(block.totals().cost(mode)) + (block.totals().unpriced(mode) > 0 ? "+" : "");
    String percent =
        tokenLimit > 0 ? String.format(Locale.ROOT, "%.1f %%", 100.0 * tokens / tokenLimit) : "";
    return tokenLimit > 0
        ? List.of(span, status, models, style.number(tokens), percent, cost)
        : List.of(span, status, models, style.number(tokens), cost);
  }

  private void active(PrintStream out, Block block) {
    BurnRate rate = block.burnRate(mode);
    Projection projection = block.projection(mode, now);
    if (rate == null || projection == null) {
      return;
    }
    out.println(
        "Burn rate: "
            + style.number(rate.tokensPerMinute())
            + " tokens/min, "
            + style.dollars(BigDecimal.valueOf(rate.costPerHour()))
            + "/h");
    out.println(
        "Projected for the block: "
            + style.number(projection.totalTokens())
            + " tokens, "
            + style.dollars(BigDecimal.valueOf(projection.totalCost())));
    if (tokenLimit > 0) {
      Map<String, Object> status = limitStatus(block);
      out.println(
          "Token limit "
              + style.number(tokenLimit)
              + ": "
              + status.get("status")
              + String.format(
                  Locale.ROOT, " (%.1f %% projected)", (Double) status.get("percentUsed")));
    }
  }

  private static String duration(Block block) {
    return block.lastAt() == null ? "" : duration(block.firstAt(), block.lastAt());
  }

  static String duration(Instant from, Instant to) {
    Duration duration = Duration.between(from, to);
    return duration.toHours() > 0
        ? duration.toHours() + "h " + duration.toMinutesPart() + "m"
        : Math.max(0, duration.toMinutes()) + "m";
  }
}
