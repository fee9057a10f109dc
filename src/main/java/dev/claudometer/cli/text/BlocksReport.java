package dev.claudometer.cli.text;

import dev.claudometer.json.PrintedJson;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.usage.Block;
import dev.claudometer.usage.Block.BurnRate;
import dev.claudometer.usage.Block.Projection;
import dev.claudometer.usage.CostMode;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/// Five-hour blocks as a table, JSON (ccusage's field names) or CSV.
public final class BlocksReport implements Printout {

  private static final double WARNING = 0.8;

  private final List<Block> blocks;
  private final NavigableMap<Instant, Instant> limitResets;
  private final long tokenLimit;
  private final CostMode mode;
  private final Instant now;
  private final ZoneId zone;

  /// @param limitResets when limits that were reached begin anew, by when each was reached
  /// @param tokenLimit what blocks are compared with, 0 for nothing
  public BlocksReport(
      List<Block> blocks,
      NavigableMap<Instant, Instant> limitResets,
      long tokenLimit,
      CostMode mode,
      Instant now,
      ZoneId zone) {
    this.blocks = List.copyOf(blocks);
    this.limitResets = limitResets;
    this.tokenLimit = tokenLimit;
    this.mode = mode;
    this.now = now;
    this.zone = zone;
  }

  @Override
  public Map<String, @Nullable Object> document() {
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("blocks", blocks.stream().map(this::document).toList());
    return document;
  }

  private Map<String, @Nullable Object> document(Block block) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("id", (block.gap() ? "gap-" : "") + PrintedJson.instant(block.start()));
    json.put("startTime", block.start());
    json.put("endTime", block.end());
    json.put("actualEndTime", block.lastAt());
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
    Map.Entry<Instant, Instant> reached = limitResets.lowerEntry(block.end());
    if (!block.gap() && reached != null && !reached.getKey().isBefore(block.start())) {
      json.put("usageLimitResetTime", reached.getValue());
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

  @Override
  public Sheet sheet() {
    var sheet =
        new Sheet(
            List.of(
                "startTime",
                "endTime",
                "actualEndTime",
                "isActive",
                "isGap",
                "entries",
                "inputTokens",
                "outputTokens",
                "cacheCreationInputTokens",
                "cacheReadInputTokens",
                "totalTokens",
                "costUSD",
                "unpricedResponses"));
    for (Block block : blocks) {
      TokenCounts tokens = block.totals().tokens();
      sheet.add(
          Arrays.<@Nullable Object>asList(
              block.start(),
              block.end(),
              block.lastAt(),
              block.active(),
              block.gap(),
              block.totals().responses(),
              tokens.input(),
              tokens.output(),
              tokens.cacheWrite(),
              tokens.cacheRead(),
              tokens.total(),
              block.totals().cost(mode).dollars(),
              block.totals().unpriced(mode)));
    }
    return sheet;
  }

  @Override
  public void table(PrintStream out, Style style) {
    if (blocks.isEmpty()) {
      out.println("No blocks found.");
      return;
    }
    TextTable table = TextTable.withColumns(columns(style));
    blocks.forEach(block -> table.add(cells(block, style)));
    table.print(out, style);
    long unpriced = blocks.stream().mapToLong(block -> block.totals().unpriced(mode)).sum();
    if (unpriced > 0 && style.costs()) {
      out.println(
          style.warn(
              "+ "
                  + style.count(unpriced, "response has", "responses have")
                  + " no known price ('claudometer models')"));
    }
    blocks.stream().filter(Block::active).forEach(block -> active(out, block, style));
  }

  private List<String> columns(Style style) {
    List<String> columns = new ArrayList<>(List.of("Block", "Status", "Models", ">Tokens"));
    if (tokenLimit > 0) {
      columns.add(">% of limit");
    }
    if (style.costs()) {
      columns.add(">Cost (USD)");
    }
    return columns;
  }

  private List<String> cells(Block block, Style style) {
    long tokens = block.totals().tokens().total();
    List<String> cells = new ArrayList<>();
    cells.add(style.minute(block.start(), zone));
    cells.add(status(block));
    cells.add(models(block));
    cells.add(block.gap() ? "" : style.number(tokens));
    if (tokenLimit > 0) {
      cells.add(
          block.gap() ? "" : String.format(Locale.ROOT, "%.1f %%", 100.0 * tokens / tokenLimit));
    }
    if (style.costs()) {
      String more = block.totals().unpriced(mode) > 0 ? "+" : "";
      cells.add(block.gap() ? "" : style.dollars(block.totals().cost(mode)) + more);
    }
    return cells;
  }

  private static String models(Block block) {
    var models = new StringBuilder();
    for (String id : block.models()) {
      models.append(models.isEmpty() ? "" : "\n").append(Printable.model(id));
    }
    return models.toString();
  }

  private String status(Block block) {
    if (block.gap()) {
      return "gap " + duration(block.start(), block.end());
    }
    return block.active() ? "active, " + duration(now, block.end()) + " left" : duration(block);
  }

  private void active(PrintStream out, Block block, Style style) {
    BurnRate rate = block.burnRate(mode);
    Projection projection = block.projection(mode, now);
    if (rate == null || projection == null) {
      return;
    }
    String perHour = style.dollars(BigDecimal.valueOf(rate.costPerHour())) + "/h";
    out.println(
        "Burn rate: "
            + style.number(rate.tokensPerMinute())
            + " tokens/min"
            + (style.costs() ? ", " + perHour : ""));
    String cost = style.dollars(BigDecimal.valueOf(projection.totalCost()));
    out.println(
        "Projected for the block: "
            + style.number(projection.totalTokens())
            + " tokens"
            + (style.costs() ? ", " + cost : ""));
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

  public static String duration(Instant from, Instant to) {
    Duration duration = Duration.between(from, to);
    return duration.toHours() > 0
        ? duration.toHours() + "h " + duration.toMinutesPart() + "m"
        : Math.max(0, duration.toMinutes()) + "m";
  }
}
