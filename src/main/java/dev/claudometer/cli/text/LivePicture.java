package dev.claudometer.cli.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.report.StatusFigures;
import dev.claudometer.report.work.CallCounts;
import dev.claudometer.store.Entry;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageQueries;
import dev.claudometer.store.Where;
import dev.claudometer.usage.Block;
import dev.claudometer.usage.Block.BurnRate;
import dev.claudometer.usage.CostMode;
import dev.claudometer.usage.Totals;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What `live` shows: today, the block, limits, the sessions that run now, models and tools.
///
/// @param entries today's responses, by time
/// @param tools today's calls by tool
public record LivePicture(
    Instant now,
    ZoneId zone,
    StatusFigures figures,
    List<Entry> entries,
    Map<String, Long> tools,
    List<LimitReading> limits,
    Map<ProjectName, String> projects) {

  /// A session without a response for so long does not run now.
  private static final Duration SILENCE = Duration.ofMinutes(15);

  private static final int MOST_ROWS = 8;

  /// Asks the store.
  public static LivePicture of(UsageQueries store, Instant now, ZoneId zone) {
    StatusFigures figures = StatusFigures.of(store, now, zone);
    Instant midnight = now.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
    var today = new TimeRange(midnight, figures.midnight());
    return new LivePicture(
        now,
        zone,
        figures,
        store.entries(today),
        CallCounts.of(store, today, Where.ANY, tool -> tool),
        store.limits(DeviceId.THIS),
        store.projectPaths());
  }

  /// As lines that fit.
  ///
  /// @param rows how many at most, 0 for all
  public List<String> lines(Style style, int rows) {
    var text = new ByteArrayOutputStream();
    try (var out = new PrintStream(text, false, UTF_8)) {
      print(out, style);
    }
    Stream<String> lines = text.toString(UTF_8).lines();
    if (style.columns() > 0) {
      lines = lines.map(line -> fitting(line, style.columns()));
    }
    return (rows > 0 ? lines.limit(rows) : lines).toList();
  }

  /// Colours take no columns, and only lines that fit anyway have them in their middle.
  private static String fitting(String line, int columns) {
    return line.indexOf('\u001b') >= 0 ? line : Columns.first(line, columns);
  }

  private void print(PrintStream out, Style style) {
    Totals today = sum(entries.stream());
    out.println("Today   " + money(style, today) + tokens(style, today));
    out.println("Block   " + block(style));
    out.println("Limits  " + windows());
    sessions(out, style);
    table(out, style, "Models today", "Model", Entry::model, Printable::model);
    tools(out, style);
  }

  private static Totals sum(Stream<Entry> entries) {
    return entries.map(Entry::totals).reduce(Totals.ZERO, Totals::plus);
  }

  private static String money(Style style, Totals totals) {
    return totals.entirelyUnpriced(CostMode.AUTO)
        ? "unpriced"
        : style.dollars(totals.cost(CostMode.AUTO))
            + (totals.unpriced(CostMode.AUTO) > 0 ? "+" : "");
  }

  private static String tokens(Style style, Totals totals) {
    return ", "
        + style.count(totals.tokens().total(), "token", "tokens")
        + ", "
        + style.count(totals.responses(), "response", "responses");
  }

  private String block(Style style) {
    Block block = figures.block();
    if (block == null) {
      return "none active";
    }
    BurnRate rate = block.burnRate(CostMode.AUTO);
    return money(style, block.totals())
        + ", "
        + BlocksReport.duration(now, block.end())
        + " left"
        + (rate == null ? "" : ", " + style.dollars(BigDecimal.valueOf(rate.costPerHour())) + "/h");
  }

  private String windows() {
    String known =
        limits.stream()
            .filter(limit -> !limit.over(now))
            .map(
                limit ->
                    Printable.of(limit.window())
                        + " "
                        + Math.round(limit.utilization() * 100)
                        + " %"
                        + (limit.resetsAt() == null
                            ? ""
                            : ", resets in " + BlocksReport.duration(now, limit.resetsAt())))
            .collect(Collectors.joining("; "));
    return known.isEmpty() ? "no current reading" : known;
  }

  private void sessions(PrintStream out, Style style) {
    var last = new TreeMap<SessionId, Entry>();
    for (Entry entry : entries) {
      last.put(entry.session(), entry);
    }
    List<Entry> running =
        last.values().stream()
            .filter(entry -> entry.at().isAfter(now.minus(SILENCE)))
            .sorted(Comparator.comparing(Entry::at).reversed())
            .limit(MOST_ROWS)
            .toList();
    out.println();
    out.println(style.bold("Sessions now" + (running.isEmpty() ? ": none" : "")));
    if (running.isEmpty()) {
      return;
    }
    TextTable table =
        TextTable.withColumns(List.of("Session", "Project", "Model", ">Last", ">Cost today"));
    for (Entry entry : running) {
      Totals totals = sum(entries.stream().filter(one -> one.session().equals(entry.session())));
      table.add(
          List.of(
              Printable.of(entry.session().text()),
              Printable.of(projects.getOrDefault(entry.project(), entry.project().text())),
              Printable.model(entry.model()),
              BlocksReport.duration(entry.at(), now) + " ago",
              money(style, totals)));
    }
    table.print(out, style);
  }

  private void table(
      PrintStream out,
      Style style,
      String title,
      String column,
      Function<Entry, String> key,
      Function<String, String> shown) {
    var sums = new TreeMap<String, Totals>();
    entries.forEach(entry -> sums.merge(key.apply(entry), entry.totals(), Totals::plus));
    out.println();
    out.println(style.bold(title + (sums.isEmpty() ? ": none" : "")));
    if (sums.isEmpty()) {
      return;
    }
    TextTable table = TextTable.withColumns(List.of(column, ">Responses", ">Tokens", ">Cost"));
    sums.entrySet().stream()
        .sorted(
            Comparator.comparing(
                    (Map.Entry<String, Totals> sum) -> sum.getValue().cost(CostMode.AUTO))
                .reversed())
        .limit(MOST_ROWS)
        .forEach(
            sum ->
                table.add(
                    List.of(
                        shown.apply(sum.getKey()),
                        style.number(sum.getValue().responses()),
                        style.number(sum.getValue().tokens().total()),
                        money(style, sum.getValue()))));
    table.print(out, style);
  }

  private void tools(PrintStream out, Style style) {
    String calls =
        tools.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(MOST_ROWS)
            .map(tool -> Printable.of(tool.getKey()) + " " + style.number(tool.getValue()))
            .collect(Collectors.joining(", "));
    out.println();
    out.println(style.bold("Tools today") + ": " + (calls.isEmpty() ? "none" : calls));
  }
}
