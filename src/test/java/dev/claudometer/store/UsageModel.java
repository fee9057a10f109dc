package dev.claudometer.store;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.EventKey;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.ToolUse;
import dev.claudometer.model.Usage;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import dev.claudometer.pricing.Cost;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.usage.Copies;
import dev.claudometer.usage.Parts;
import dev.claudometer.usage.Quantity;
import dev.claudometer.usage.Replays;
import dev.claudometer.usage.Totals;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What a store has to answer, in the plainest way; devices aside.
public final class UsageModel {

  private final Map<EventKey, UsageEvent> events = new HashMap<>();

  public void add(UsageEvent event) {
    events.merge(event.key(), event, Copies::join);
  }

  /// One joined copy per key; parts go with their responses.
  public Collection<UsageEvent> events() {
    return events.values().stream().map(this::together).toList();
  }

  private UsageEvent together(UsageEvent event) {
    UsageEvent response = events.get(event.key().response());
    return event.key().isResponse() || response == null ? event : Parts.of(response, event);
  }

  public List<UsageEvent> counted() {
    Collection<List<UsageEvent>> messages =
        events().stream().collect(Collectors.groupingBy(event -> event.key().messageId())).values();
    return messages.stream().flatMap(same -> Replays.counted(same).stream()).toList();
  }

  public Set<Slice> sums() {
    Map<List<String>, Totals> sums =
        counted().stream()
            .collect(
                Collectors.toMap(
                    event ->
                        List.of(
                            event.usage().model() + (event.usage().terms().fast() ? "-fast" : ""),
                            event.attribution().project().text(),
                            event.attribution().session().text(),
                            event.attribution().branch()),
                    UsageModel::totals,
                    Totals::plus));
    return sums.entrySet().stream()
        .map(
            sum ->
                new Slice(
                    sum.getKey().get(0),
                    new ProjectName(sum.getKey().get(1)),
                    new SessionId(sum.getKey().get(2)),
                    sum.getKey().get(3),
                    DeviceId.THIS,
                    sum.getValue()))
        .collect(Collectors.toSet());
  }

  public List<SessionSpan> spans() {
    Function<UsageEvent, String> session = event -> event.attribution().session().text();
    return counted().stream().collect(Collectors.groupingBy(session)).entrySet().stream()
        .map(
            group ->
                new SessionSpan(
                    new SessionId(group.getKey()),
                    group.getValue().stream().map(UsageEvent::at).min(Instant::compareTo).get(),
                    group.getValue().stream().map(UsageEvent::at).max(Instant::compareTo).get()))
        .toList();
  }

  public Map<String, Long> tools() {
    return counted().stream()
        .flatMap(event -> event.tools().stream())
        .collect(Collectors.groupingBy(ToolUse::name, Collectors.counting()));
  }

  public static Totals totals(UsageEvent event) {
    Cost cost = PriceBook.builtIn().price(event.usage(), event.at());
    Usd priced = cost instanceof Cost.Priced(Usd amount) ? amount : null;
    long calculated = priced == null ? 0 : priced.nanos();
    Usd reported = event.usage().reportedCost();
    TokenCounts tokens = event.usage().tokens();
    long response = event.key().isResponse() ? 1 : 0;
    boolean thoughtIsTold = event.usage().thinking() != Usage.UNTOLD;
    Usd saved = PriceBook.builtIn().saved(event.usage(), event.at());
    return Totals.of(
        Map.ofEntries(
            Map.entry(Quantity.RESPONSES, response),
            Map.entry(Quantity.PARTS, 1 - response),
            Map.entry(Quantity.UNFINALISED, event.usage().finalised() ? 0 : response),
            Map.entry(Quantity.UNPRICED, priced == null ? 1L : 0L),
            Map.entry(Quantity.UNPRICED_REPORTED, reported == null || priced != null ? 0L : 1L),
            Map.entry(Quantity.INPUT, tokens.input()),
            Map.entry(Quantity.OUTPUT, tokens.output()),
            Map.entry(Quantity.CACHE_WRITE_5M, tokens.cacheWrite5m()),
            Map.entry(Quantity.CACHE_WRITE_1H, tokens.cacheWrite1h()),
            Map.entry(Quantity.CACHE_READ, tokens.cacheRead()),
            Map.entry(Quantity.WEB_SEARCHES, (long) event.usage().webSearches()),
            Map.entry(Quantity.WEB_FETCHES, (long) event.usage().webFetches()),
            Map.entry(Quantity.THINKING, thoughtIsTold ? event.usage().thinking() : 0),
            Map.entry(Quantity.THINKING_TOLD, thoughtIsTold ? 1L : 0L),
            Map.entry(Quantity.CALCULATED, calculated),
            Map.entry(Quantity.REPORTED, reported == null ? 0 : reported.nanos()),
            Map.entry(Quantity.REPORTED_TOLD, reported == null ? 0L : 1L),
            Map.entry(Quantity.AUTOMATIC, reported == null ? calculated : reported.nanos()),
            Map.entry(Quantity.SAVED, priced == null ? 0 : saved.nanos())));
  }
}
