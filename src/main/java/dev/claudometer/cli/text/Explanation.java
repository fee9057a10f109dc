package dev.claudometer.cli.text;

import dev.claudometer.json.PrintedJson;
import dev.claudometer.model.Attribution;
import dev.claudometer.model.EventKey;
import dev.claudometer.model.Origin;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usage;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.report.session.Explained;
import dev.claudometer.report.session.ResponseAnswers.PriceRow;
import dev.claudometer.store.StoredEvent;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// From a number down to the lines that it comes from.
public final class Explanation {

  private static final Style STYLE = new Style(0, false, false, null);

  private final String title;
  private final List<Explained> events;
  private final @Nullable List<UsageEvent> copies;

  private Explanation(String title, List<Explained> events, @Nullable List<UsageEvent> copies) {
    this.title = title;
    this.events = List.copyOf(events);
    this.copies = copies == null ? null : List.copyOf(copies);
  }

  /// A day's or a session's responses, each with the line that its usage was read from.
  public static Explanation ofMany(String title, List<StoredEvent> events) {
    return new Explanation(
        title,
        events.stream().map(stored -> new Explained(stored, List.of(), null)).toList(),
        null);
  }

  /// One message: its events (several where it was replayed), and every copy that can still be
  /// read.
  public static Explanation ofOne(List<Explained> events, List<UsageEvent> copies) {
    EventKey key = events.getFirst().stored().event().key();
    String title = (key.isCall() ? "Call " : "Response ") + key.shown();
    return new Explanation(title, events, copies);
  }

  public void print(PrintStream out, boolean json) {
    if (json) {
      PrintedJson.print(out, document());
      return;
    }
    out.println(Printable.of(title));
    events.forEach(event -> event(out, event));
    TokenCounts tokens =
        counting()
            .map(event -> event.event().usage().tokens())
            .reduce(TokenCounts.ZERO, TokenCounts::plus);
    out.println("Sum: " + counted() + ", " + text(tokens));
  }

  private String counted() {
    long responses = counted(true);
    long parts = counted(false);
    return STYLE.count(responses, "response", "responses")
        + (parts == 0 ? "" : " and " + STYLE.count(parts, "part", "parts"))
        + " counted";
  }

  private long counted(boolean responses) {
    return counting().filter(stored -> stored.event().key().isResponse() == responses).count();
  }

  private Stream<StoredEvent> counting() {
    return events.stream().map(Explained::stored).filter(StoredEvent::counted);
  }

  private void event(PrintStream out, Explained explained) {
    StoredEvent stored = explained.stored();
    UsageEvent event = stored.event();
    Usage usage = event.usage();
    String cost =
        stored.booked() == null ? "unpriced" : "$" + stored.booked().dollars().toPlainString();
    out.println(
        "  "
            + event.at()
            + "  "
            + Printable.of(event.key().shown())
            + (event.key().isResponse() ? "" : ", part " + event.key().part())
            + "  "
            + Printable.of(usage.model())
            + "  "
            + text(usage.tokens())
            + "  "
            + cost
            + (stored.counted()
                ? ""
                : (event.hasMessageId()
                    ? "  not counted: a replay"
                    : "  not counted: its transcript is here")));
    out.println(
        "    "
            + (event.origin() instanceof Origin.Line ? "read at " : "")
            + place(event.origin())
            + (usage.finalised() ? "" : "  unfinalised"));
    List<UsageEvent> all = copies;
    if (all != null) {
      details(out, explained, all);
    }
  }

  private static void details(PrintStream out, Explained explained, List<UsageEvent> copies) {
    StoredEvent stored = explained.stored();
    UsageEvent event = stored.event();
    Attribution attribution = event.attribution();
    out.println("    request " + Printable.of(event.key().requestId()));
    out.println(
        "    spent on session "
            + Printable.of(attribution.session().text())
            + ", project "
            + Printable.of(attribution.project().text())
            + (attribution.branch().isEmpty()
                ? ""
                : ", branch " + Printable.of(attribution.branch()))
            + (attribution.agent().isEmpty() ? "" : ", agent " + Printable.of(attribution.agent()))
            + said(event.key(), attribution.origin()));
    for (UsageEvent copy : copies) {
      if (copy.key().equals(event.key())) {
        out.println("    copy " + copy(event, copy));
      }
    }
    PriceRow row = explained.priceRow();
    if (row != null) {
      out.println("    priced as " + row.model() + ", " + row.source());
    }
    explained.why().forEach(line -> out.println("    price " + line));
    if (stored.contract() != null) {
      out.println("    by contract: $" + stored.contract().dollars().toPlainString());
    }
    if (stored.today() != null) {
      out.println("    at today's prices: $" + stored.today().dollars().toPlainString());
    }
  }

  private static String said(EventKey key, Origin origin) {
    if (key.isCall()) {
      return ", which its session was in";
    }
    return origin instanceof Origin.Line
        ? ", as the line at " + place(origin) + " says"
        : ", as was " + place(origin);
  }

  private static String copy(UsageEvent event, UsageEvent copy) {
    boolean won = copy.origin().equals(event.origin());
    boolean attributes = copy.origin().equals(event.attribution().origin());
    return place(copy.origin())
        + "  "
        + text(copy.usage().tokens())
        + (copy.usage().finalised() ? ", " + copy.usage().stopReason() : ", no stop reason")
        + (copy.attribution().sidechain() ? ", sidechain" : "")
        + (copy.attribution().forked() ? ", a fork's copy" : "")
        + (copy.progress() ? ", a progress line" : "")
        + (won ? "  ← its usage counts" : "")
        + (attributes ? "  ← its session counts" : "");
  }

  private static String place(Origin origin) {
    return Printable.of(origin.place());
  }

  private static String text(TokenCounts tokens) {
    return STYLE.number(tokens.input())
        + " input, "
        + STYLE.number(tokens.output())
        + " output, "
        + STYLE.number(tokens.cacheWrite5m())
        + " + "
        + STYLE.number(tokens.cacheWrite1h())
        + " cache create (5m + 1h), "
        + STYLE.number(tokens.cacheRead())
        + " cache read";
  }

  private Map<String, @Nullable Object> document() {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("subject", title);
    json.put("events", events.stream().map(this::document).toList());
    return json;
  }

  private Map<String, @Nullable Object> document(Explained explained) {
    StoredEvent stored = explained.stored();
    UsageEvent event = stored.event();
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("messageId", event.key().messageId());
    json.put("requestId", event.key().requestId());
    json.put("part", event.key().part());
    json.put("timestamp", event.at());
    json.put("counted", stored.counted());
    json.put("finalised", event.usage().finalised());
    json.put("model", event.usage().model());
    json.put("reportedAs", stored.model());
    json.putAll(counts(event.usage().tokens()));
    json.put("costUSD", stored.booked() == null ? null : stored.booked().dollars());
    if (stored.contract() != null) {
      json.put("contractCostUSD", stored.contract().dollars());
    }
    json.put("costTodayUSD", stored.today() == null ? null : stored.today().dollars());
    json.put("session", event.attribution().session().text());
    json.put("project", event.attribution().project().text());
    json.putAll(origin(event.origin()));
    List<UsageEvent> all = copies;
    if (all != null) {
      PriceRow row = explained.priceRow();
      json.put("pricedAs", row == null ? null : row.model());
      json.put("priceSource", row == null ? null : row.source());
      json.put("price", explained.why());
      json.put(
          "copies",
          all.stream()
              .filter(copy -> copy.key().equals(event.key()))
              .map(copy -> document(event, copy))
              .toList());
    }
    return json;
  }

  private static Map<String, @Nullable Object> document(UsageEvent event, UsageEvent copy) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.putAll(origin(copy.origin()));
    json.putAll(counts(copy.usage().tokens()));
    json.put("stopReason", copy.usage().stopReason());
    json.put("sidechain", copy.attribution().sidechain());
    json.put("forked", copy.attribution().forked());
    json.put("progress", copy.progress());
    json.put("usageCounts", copy.origin().equals(event.origin()));
    json.put("attributionCounts", copy.origin().equals(event.attribution().origin()));
    return json;
  }

  private static Map<String, @Nullable Object> origin(Origin origin) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    switch (origin) {
      case Origin.Line line -> {
        json.put("file", line.file());
        json.put("offset", line.offset());
      }
      case Origin.Sent sent -> {
        json.put("sender", sent.sender());
        json.put("sentAt", sent.at().toString());
      }
    }
    return json;
  }

  private static Map<String, @Nullable Object> counts(TokenCounts tokens) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("inputTokens", tokens.input());
    json.put("outputTokens", tokens.output());
    json.put("cacheCreation5mTokens", tokens.cacheWrite5m());
    json.put("cacheCreation1hTokens", tokens.cacheWrite1h());
    json.put("cacheReadTokens", tokens.cacheRead());
    return json;
  }
}
