package dev.claudometer.cli.text;

import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.store.Entry;
import dev.claudometer.usage.CostMode;
import dev.claudometer.usage.SessionRemainder;
import dev.claudometer.usage.Totals;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The responses of one session, and what Claude Code booked beyond them.
public final class SessionPrintout implements Printout {

  private static final Entry NO_ENTRY =
      new Entry(Instant.EPOCH, SessionId.NONE, ProjectName.NONE, "", null, Totals.ZERO);

  private final SessionId session;
  private final @Nullable String worktree;
  private final List<Entry> entries;
  private final @Nullable SessionRemainder remainder;
  private final CostMode mode;
  private final ZoneId zone;

  /// @param worktree of the project's repository that it was in, null for the repository itself
  public SessionPrintout(
      SessionId session,
      @Nullable String worktree,
      List<Entry> entries,
      @Nullable SessionRemainder remainder,
      CostMode mode,
      ZoneId zone) {
    this.session = session;
    this.worktree = worktree;
    this.entries = List.copyOf(entries);
    this.remainder = remainder;
    this.mode = mode;
    this.zone = zone;
  }

  private Totals sum() {
    return entries.stream().map(Entry::totals).reduce(Totals.ZERO, Totals::plus);
  }

  @Override
  public Map<String, @Nullable Object> document() {
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("sessionId", session.text());
    document.put("worktree", worktree);
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
    json.put("timestamp", entry.at());
    json.put("model", entry.model());
    json.putAll(counts(entry.totals().tokens()));
    json.put(
        "costUSD",
        entry.totals().entirelyUnpriced(mode) ? null : entry.totals().cost(mode).dollars());
    json.put("finalised", entry.totals().unfinalised() == 0);
    json.put("source", entry.told() == null ? "transcript" : "telemetry");
    json.put("querySource", entry.told());
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

  @Override
  public Sheet sheet() {
    return Sheet.of(entry(NO_ENTRY).keySet(), entries.stream().map(this::entry).toList());
  }

  @Override
  public void table(PrintStream out, Style style) {
    List<String> columns = new ArrayList<>(List.of("Time", "Model", ">Input", ">Output"));
    columns.addAll(List.of(">Cache Create", ">Cache Read"));
    if (style.costs()) {
      columns.add(">Cost (USD)");
    }
    TextTable table = TextTable.withColumns(columns);
    for (Entry entry : entries) {
      String model = Printable.model(entry.model());
      String purpose = entry.told() == null ? "" : " (" + Printable.of(entry.told()) + ")";
      table.add(cells(style.minute(entry.at(), zone), model + purpose, entry.totals(), style));
    }
    table.rule();
    table.add(cells("Total", "", sum(), style));
    out.println(
        "Session "
            + Printable.of(session.text())
            + (worktree == null ? "" : ", in the worktree " + Printable.of(worktree)));
    table.print(out, style);
    if (remainder != null) {
      beyond(out, remainder, style);
    }
  }

  private List<String> cells(String time, String model, Totals totals, Style style) {
    TokenCounts tokens = totals.tokens();
    List<String> cells = new ArrayList<>(List.of(time, model));
    cells.add(style.number(tokens.input()));
    cells.add(style.number(tokens.output()));
    cells.add(style.number(tokens.cacheWrite()));
    cells.add(style.number(tokens.cacheRead()));
    if (style.costs()) {
      boolean unpriced = totals.entirelyUnpriced(mode);
      cells.add(unpriced ? "unpriced" : style.dollars(totals.cost(mode)));
    }
    return cells;
  }

  private static void beyond(PrintStream out, SessionRemainder remainder, Style style) {
    if (style.costs()) {
      out.println(
          "Claude Code itself booked " + style.dollars(remainder.cost()) + basis(remainder));
    }
    remainder
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
}
