package dev.claudometer.report.session;

import dev.claudometer.model.Origin;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.ToolUse;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.report.KnownMachines;
import dev.claudometer.report.Named;
import dev.claudometer.report.Question;
import dev.claudometer.report.Scope;
import dev.claudometer.store.EventFilter;
import dev.claudometer.store.Events;
import dev.claudometer.store.StoredEvent;
import dev.claudometer.store.TimeRange;
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

  /// The message that an id of its own or of its request names, with how its cost is calculated:
  /// several responses where it was replayed, none where nothing has the id.
  public List<Explained> message(String id) {
    return store.events(new EventFilter.ById(id)).stream()
        .limit(1)
        .map(found -> new EventFilter.ById(found.event().key().messageId()))
        .flatMap(message -> store.events(message).stream())
        .map(this::explained)
        .toList();
  }

  /// All responses of a period, as they are stored.
  public List<StoredEvent> stored(TimeRange range) {
    return store.events(new EventFilter.Within(range));
  }

  /// All responses of a session, as they are stored.
  public List<StoredEvent> stored(SessionId session) {
    return store.events(new EventFilter.OfSession(session));
  }

  /// Those of one message or request id.
  public Responses ofId(String id, Scope scope) {
    return some(new EventFilter.ById(id), scope);
  }

  /// Those of one message id.
  Responses ofMessage(String id, Scope scope) {
    return some(new EventFilter.OfMessage(id), scope);
  }

  /// Those that a question is about.
  public Responses of(Question question) {
    return some(new EventFilter.Within(question.range(), question.where(), MOST + 1), Scope.ALL);
  }

  /// Those of a session, from the earliest that is not skipped.
  Responses ofSession(SessionId session, int skip, Scope scope) {
    return some(new EventFilter.OfSession(session, skip, MOST + 1), scope);
  }

  /// Of what is stored, in its order.
  List<Response> told(List<StoredEvent> events) {
    KnownMachines.Names names = fleet.names();
    return events.stream().map(event -> response(explained(event), names)).toList();
  }

  private Responses some(EventFilter filter, Scope scope) {
    KnownMachines.Names names = fleet.names();
    List<StoredEvent> events = store.events(filter);
    return new Responses(
        events.stream()
            .limit(MOST)
            .filter(event -> scope.holds(event.device()))
            .map(event -> response(explained(event), names))
            .toList(),
        events.size() > MOST);
  }

  private static Response response(Explained explained, KnownMachines.Names names) {
    StoredEvent stored = explained.stored();
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
        explained.why(),
        explained.priceRow(),
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

  private Explained explained(StoredEvent stored) {
    UsageEvent event = stored.event();
    PriceBook book = prices.get();
    PriceRow row =
        book.row(event.usage().model())
            .map(known -> new PriceRow(known.id(), known.source(), known.at(event.at()).until()))
            .orElse(null);
    return new Explained(stored, book.why(event.usage(), event.at()), row);
  }
}
