package dev.claudometer.server.api;

import dev.claudometer.model.SessionTotal;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.ToolUse;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import dev.claudometer.pricing.CostLine;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.server.auth.Access;
import dev.claudometer.store.EventFilter;
import dev.claudometer.store.SessionPage;
import dev.claudometer.store.SessionQuery;
import dev.claudometer.store.SessionQuery.Order;
import dev.claudometer.store.Slice;
import dev.claudometer.store.StoredEvent;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Sessions, what each was made of, and why each number is what it is.
public final class SessionsApi {

  private static final int USUAL_PAGE = 20;
  private static final int LARGEST_PAGE = 100;
  private static final int MOST_EVENTS = 1_000;

  private final UsageStore store;
  private final Supplier<PriceBook> prices;
  private final Fleet fleet;

  SessionsApi(UsageStore store, Supplier<PriceBook> prices, Fleet fleet) {
    this.store = store;
    this.prices = prices;
    this.fleet = fleet;
  }

  /// A name beside the key that it stands for.
  public record Named(String key, String name) {}

  public record Session(
      String session,
      Instant first,
      Instant last,
      long durationSeconds,
      List<Named> devices,
      List<Named> projects,
      List<String> branches,
      List<String> models,
      Sums totals) {}

  /// Some of the sessions.
  ///
  /// @param next what to pass as `after` for the next page; null where this is the last
  public record Page(List<Session> sessions, @Nullable String next) {}

  public record Part(String model, String branch, Named device, Named project, Sums totals) {}

  /// A response: what it used, what it cost, and where that is written.
  ///
  /// @param counted false for a replay of another response
  /// @param cost what was booked; null while its model has no price
  /// @param costToday at today's prices, where that differs
  /// @param why one line for each part of the cost
  public record Response(
      String message,
      String request,
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
      Named device,
      Named project,
      String session,
      String branch,
      String agent,
      boolean sidechain,
      String file,
      long offset,
      List<String> tools) {}

  /// Claude Code's own running total of the session.
  public record OwnTotal(Usd cost, boolean costKnown, long linesAdded, long linesRemoved) {}

  public record Detail(
      Session session,
      List<Part> parts,
      @Nullable OwnTotal ownTotal,
      List<Response> responses,
      boolean more) {}

  public record Responses(List<Response> responses, boolean more) {}

  List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/sessions",
            Access.VIEWER,
            "Sessions by device, project, model, branch, date and text; sorted; page by page",
            this::page),
        Route.get(
            "/api/v1/sessions/{id}",
            Access.VIEWER,
            "A session with its parts and its first 1,000 responses",
            this::detail),
        Route.get(
            "/api/v1/responses",
            Access.VIEWER,
            "Responses of a period, at most 1,000; or those of one message or request id",
            this::responses));
  }

  public Page page(Call call) {
    boolean ranged = call.query("from") != null || call.query("to") != null;
    TimeRange range = ranged ? Period.of(call, fleet.zone()).range() : TimeRange.ALL;
    SessionPage page =
        store.sessions(
            new SessionQuery(
                range,
                null,
                call.query("device"),
                call.query("project"),
                call.query("model"),
                call.query("branch"),
                call.query("text"),
                call.choice("sort", Order.class, Order.LAST),
                after(call.query("after")),
                Math.max(1, call.number("limit", USUAL_PAGE, LARGEST_PAGE))));
    Fleet.Names names = fleet.names();
    SessionQuery.Cursor next = page.next();
    return new Page(
        page.rows().stream().map(row -> session(row, names)).toList(),
        next == null ? null : next.value() + "." + next.session());
  }

  private static SessionQuery.@Nullable Cursor after(@Nullable String text) {
    if (text == null) {
      return null;
    }
    int dot = text.indexOf('.');
    if (dot < 1 || !text.substring(0, dot).matches("-?[0-9]{1,18}")) {
      throw Problem.of(422, "'after' has to be the 'next' of a page");
    }
    return new SessionQuery.Cursor(Long.parseLong(text.substring(0, dot)), text.substring(dot + 1));
  }

  private static Session session(SessionPage.Row row, Fleet.Names names) {
    return new Session(
        row.session(),
        row.first(),
        row.last(),
        Duration.between(row.first(), row.last()).toSeconds(),
        distinct(row.parts().stream().map(Slice::device))
            .map(device -> new Named(device, names.device(device)))
            .toList(),
        distinct(row.parts().stream().map(Slice::project))
            .map(project -> new Named(project, names.project(project)))
            .toList(),
        distinct(row.parts().stream().map(Slice::branch)).toList(),
        distinct(row.parts().stream().map(Slice::model)).toList(),
        Sums.of(row.totals()));
  }

  private static Stream<String> distinct(Stream<String> names) {
    return names.filter(name -> !name.isEmpty()).distinct();
  }

  private Detail detail(Call call) {
    return detail(call.path("id"));
  }

  /// A session with what it was made of.
  public Detail detail(String id) {
    SessionPage page =
        store.sessions(
            new SessionQuery(TimeRange.ALL, id, null, null, null, null, null, Order.LAST, null, 1));
    SessionPage.Row row =
        page.rows().stream()
            .findFirst()
            .orElseThrow(() -> Problem.notFound("session with this id"));
    Fleet.Names names = fleet.names();
    List<StoredEvent> events = store.events(new EventFilter.OfSession(id, MOST_EVENTS + 1));
    return new Detail(
        session(row, names),
        row.parts().stream()
            .map(
                part ->
                    new Part(
                        part.model(),
                        part.branch(),
                        new Named(part.device(), names.device(part.device())),
                        new Named(part.project(), names.project(part.project())),
                        Sums.of(part.totals())))
            .toList(),
        ownTotal(id),
        events.stream().limit(MOST_EVENTS).map(event -> response(event, names)).toList(),
        events.size() > MOST_EVENTS);
  }

  private @Nullable OwnTotal ownTotal(String session) {
    List<SessionTotal> totals = store.sessionTotals(session);
    if (totals.isEmpty()) {
      return null;
    }
    SessionTotal last = totals.getLast();
    return new OwnTotal(last.cost(), last.costKnown(), last.linesAdded(), last.linesRemoved());
  }

  public Responses responses(Call call) {
    String id = call.query("id");
    EventFilter filter =
        id == null
            ? new EventFilter.Within(Period.of(call, fleet.zone()).range(), MOST_EVENTS + 1)
            : new EventFilter.ById(id);
    Fleet.Names names = fleet.names();
    List<StoredEvent> events = store.events(filter);
    return new Responses(
        events.stream().limit(MOST_EVENTS).map(event -> response(event, names)).toList(),
        events.size() > MOST_EVENTS);
  }

  private Response response(StoredEvent stored, Fleet.Names names) {
    UsageEvent event = stored.event();
    TokenCounts tokens = event.usage().tokens();
    var attribution = event.attribution();
    return new Response(
        event.key().messageId(),
        event.key().requestId(),
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
        prices.get().lines(event.usage(), event.at()).stream().map(CostLine::text).toList(),
        new Named(stored.device(), names.device(stored.device())),
        new Named(attribution.project(), names.project(attribution.project())),
        attribution.session(),
        attribution.branch(),
        attribution.agent(),
        attribution.sidechain(),
        event.origin().file(),
        event.origin().offset(),
        event.tools().stream().map(ToolUse::name).toList());
  }
}
