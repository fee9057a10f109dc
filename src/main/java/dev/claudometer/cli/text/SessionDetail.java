package dev.claudometer.cli.text;

import dev.claudometer.model.TokenCounts;
import dev.claudometer.store.Entry;
import dev.claudometer.usage.CostMode;
import dev.claudometer.usage.SessionRemainder;
import dev.claudometer.usage.Totals;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The responses of one session, and what Claude Code booked beyond them.
public final class SessionDetail {

  private static final Entry NO_ENTRY = new Entry(Instant.EPOCH, "", "", "", Totals.ZERO);

  private final String session;
  private final List<Entry> entries;
  private final @Nullable SessionRemainder remainder;
  private final CostMode mode;
  private final Style style;
  private final ZoneId zone;

  public SessionDetail(
      String session,
      List<Entry> entries,
      @Nullable SessionRemainder remainder,
      CostMode mode,
      Style style,
      ZoneId zone) {
    this.session = session;
    this.entries = List.copyOf(entries);
    this.remainder = remainder;
    this.mode = mode;
    this.style = style;
    this.zone = zone;
  }

  public void print(PrintStream out, boolean json, boolean csv) {
    if (json) {
      Json.print(out, document());
    } else if (csv) {
      csv(out);
    } else {
      table(out);
    }
  }

  private Totals sum() {
    return entries.stream().map(Entry::totals).reduce(Totals.ZERO, Totals::plus);
  }

  private Map<String, @Nullable Object> document() {
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("sessionId", session);
    document.putAll(UsageJson.sums(sum(), mode));
    document.put("entries", entries.stream().map(this::entry).toList());
    SessionRemainder beyond = remainder;
    if (beyond != null) {
      var tokens = new LinkedHashMap<String, @Nullable Object>();
      beyond.byModel().forEach((model, counts) -> tokens.put(model, counts(counts)));
      var booked = new LinkedHashMap<String, @Nullable Object>();
      booked.put("costUSD", beyond.cost().dollars());
      booked.put("costKnown", beyond.costKnown());
      booked.put("costBasis", beyond.basis().word());
      booked.put("beyondTranscript", tokens);
      document.put("claudeCode", booked);
    }
    return document;
  }

  private Map<String, @Nullable Object> entry(Entry entry) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("timestamp", entry.at().toString());
    json.put("model", entry.model());
    json.putAll(counts(entry.totals().tokens()));
    json.put(
        "costUSD",
        entry.totals().entirelyUnpriced(mode) ? null : entry.totals().cost(mode).dollars());
    json.put("finalised", entry.totals().unfinalised() == 0);
    return json;
  }

  private static Map<String, @Nullable Object> counts(TokenCounts tokens) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("inputTokens", tokens.input());
    json.put("outputTokens", tokens.output());
    json.put("cacheCreationTokens", tokens.cacheWrite());
    json.put("cacheReadTokens", tokens.cacheRead());
    return json;
  }

  private void csv(PrintStream out) {
    UsageCsv.print(out, List.copyOf(entry(NO_ENTRY).keySet()));
    for (Entry entry : entries) {
      UsageCsv.print(out, entry(entry).values().stream().map(UsageCsv::text).toList());
    }
  }

  private void table(PrintStream out) {
    TextTable table =
        TextTable.withColumns(
            List.of(
                "Time",
                "Model",
                ">Input",
                ">Output",
                ">Cache Create",
                ">Cache Read",
                ">Cost (USD)"));
    entries.forEach(
        entry ->
            row(
                table,
                style.minute(entry.at(), zone),
                Printable.model(entry.model()),
                entry.totals()));
    table.rule();
    row(table, "Total", "", sum());
    out.println("Session " + Printable.of(session));
    table.print(out, style);
    SessionRemainder beyond = remainder;
    if (beyond != null) {
      out.println("Claude Code itself booked " + style.dollars(beyond.cost()) + basis(beyond));
      beyond
          .byModel()
          .forEach(
              (model, tokens) ->
                  out.println(
                      "  beyond the transcript, not counted: "
                          + Printable.of(model)
                          + ": "
                          + style.number(tokens.input())
                          + " input, "
                          + style.number(tokens.output())
                          + " output, "
                          + style.number(tokens.cacheWrite())
                          + " cache create, "
                          + style.number(tokens.cacheRead())
                          + " cache read"));
    }
  }

  private static String basis(SessionRemainder beyond) {
    if (!beyond.costKnown()) {
      return " (with a model that it had no price for)";
    }
    return switch (beyond.basis()) {
      case LIST -> " at list prices";
      case CONTRACT -> " at contract prices";
      case UNKNOWN -> " (list or contract prices, it does not say)";
    };
  }

  private void row(TextTable table, String time, String model, Totals totals) {
    TokenCounts tokens = totals.tokens();
    boolean unpriced = totals.entirelyUnpriced(mode);
    table.add(
        List.of(
            time,
            model,
            style.number(tokens.input()),
            style.number(tokens.output()),
            style.number(tokens.cacheWrite()),
            style.number(tokens.cacheRead()),
            unpriced
                ? "unpriced"
                : style.dollars(totals.cost(mode)) + (totals.unpriced(mode) > 0 ? "+" : "")));
  }
}
