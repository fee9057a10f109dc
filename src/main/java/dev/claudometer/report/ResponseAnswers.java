package dev.claudometer.report;

import dev.claudometer.model.Origin;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.ToolUse;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.EventFilter;
import dev.claudometer.store.Events;
import dev.claudometer.store.StoredEvent;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Single responses: what each used, what it cost and why, and where that is written.
public final class ResponseAnswers {

  /// How many an answer holds at most.
  public static final int MOST = 1_000;

  private final Events store;
  private final Supplier<PriceBook> prices;
  private final KnownMachines fleet;

  public ResponseAnswers(Events store, Supplier<PriceBook> prices, KnownMachines fleet) {
    this.store = store;
    this.prices = prices;
    this.fleet = fleet;
  }

  /// The row of the price book that a response falls under.
  ///
  /// @param source where its prices were published
  /// @param until when they end; null while they hold
  public record PriceRow(String model, String source, @Nullable Instant until) {}

  /// A response, or a part of one: what it used, what it cost, and where that is written.
  ///
  /// @param part 0 for the response itself; others are billed beside it, each by its own model
  /// @param counted false for a replay of another response, and for what claude-usage-daemon sent
  ///   of a session whose transcript has come
  /// @param cost what was booked; null while its model has no price
  /// @param costToday at today's prices, where that differs
  /// @param why one line for each part of the cost
  /// @param priceRow null where the price book has none
  /// @param file of the line that tells the usage, and `offset` its first byte; null where it was
  ///   sent
  /// @param sender who sent what no file holds, at `sentAt`; else null
  public record Response(
      String message,
      String request,
      int part,
      Instant at,
      String model,
      long input,
      long output,
      long cacheWrite5m,
      long cacheWrite1h,
      long cacheRead,
      int webSearches,
      int webFetches,
      @Nullable String stopReason,
      boolean counted,
      @Nullable Usd cost,
      @Nullable Usd costToday,
      @Nullable Usd costReported,
      List<String> why,
      @Nullable PriceRow priceRow,
      Named device,
      Named project,
      SessionId session,
      String branch,
      String agent,
      boolean sidechain,
      @Nullable String file,
      @Nullable Long offset,
      @Nullable String sender,
      @Nullable Instant sentAt,
      List<String> tools) {

    /// What it is in sums: what the client reported, else what was booked; null where neither is
    /// known.
    public @Nullable Usd counts() {
      return costReported == null ? cost : costReported;
    }
  }

  public record Responses(List<Response> responses, boolean more) {}

  /// Those of one message or request id.
  public Responses ofId(String id, Scope scope) {
    return some(new EventFilter.ById(id), scope);
  }

  /// Those that a question is about.
  public Responses of(Question question) {
    return some(new EventFilter.Within(question.range(), question.where(), MOST + 1), Scope.ALL);
  }

  /// Those of a session, from the earliest that is not skipped.
  Responses ofSession(SessionId session, int skip, Scope scope) {
    return some(new EventFilter.OfSession(session, skip, MOST + 1), scope);
  }

  private Responses some(EventFilter filter, Scope scope) {
    KnownMachines.Names names = fleet.names();
    List<StoredEvent> events = store.events(filter);
    return new Responses(
        events.stream()
            .limit(MOST)
            .filter(event -> scope.holds(event.device()))
            .map(event -> response(event, names))
            .toList(),
        events.size() > MOST);
  }

  private Response response(StoredEvent stored, KnownMachines.Names names) {
    UsageEvent event = stored.event();
    TokenCounts tokens = event.usage().tokens();
    var attribution = event.attribution();
    return new Response(
        event.key().messageId(),
        event.key().requestId(),
        event.key().part(),
        event.at(),
        event.usage().model(),
        tokens.input(),
        tokens.output(),
        tokens.cacheWrite5m(),
        tokens.cacheWrite1h(),
        tokens.cacheRead(),
        event.usage().webSearches(),
        event.usage().webFetches(),
        event.usage().stopReason(),
        stored.counted(),
        stored.booked(),
        stored.today(),
        event.usage().reportedCost(),
        prices.get().why(event.usage(), event.at()),
        priceRow(event),
        new Named(stored.device().text(), names.device(stored.device())),
        new Named(attribution.project().text(), names.project(attribution.project())),
        attribution.session(),
        attribution.branch(),
        attribution.agent(),
        attribution.sidechain(),
        event.origin() instanceof Origin.Line line ? line.file() : null,
        event.origin() instanceof Origin.Line line ? line.offset() : null,
        event.origin() instanceof Origin.Sent sent ? sent.sender() : null,
        event.origin() instanceof Origin.Sent sent ? sent.at() : null,
        event.tools().stream().map(ToolUse::name).toList());
  }

  private @Nullable PriceRow priceRow(UsageEvent event) {
    return prices
        .get()
        .row(event.usage().model())
        .map(row -> new PriceRow(row.id(), row.source(), row.at(event.at()).until()))
        .orElse(null);
  }
}
