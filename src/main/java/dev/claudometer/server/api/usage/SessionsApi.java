package dev.claudometer.server.api.usage;

import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.SessionTotal;
import dev.claudometer.model.Usd;
import dev.claudometer.server.api.usage.ResponsesApi.Response;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Route;
import dev.claudometer.store.SessionPage;
import dev.claudometer.store.SessionQuery;
import dev.claudometer.store.SessionQuery.Order;
import dev.claudometer.store.Slice;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Sessions, and what each was made of.
public final class SessionsApi {

  private static final int USUAL_PAGE = 20;
  private static final int LARGEST_PAGE = 100;
  private static final int MOST_HAPPENINGS = 10_000;
  private static final int MOST_SKIPPED = 100_000_000;

  private final UsageStore store;
  private final ResponsesApi responses;
  private final Fleet fleet;

  public SessionsApi(UsageStore store, ResponsesApi responses, Fleet fleet) {
    this.store = store;
    this.responses = responses;
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

  /// Claude Code's own running total of the session.
  public record OwnTotal(Usd cost, boolean costKnown, long linesAdded, long linesRemoved) {}

  /// What a subagent used; of the conversation itself the name is empty.
  public record Agent(String agent, Sums totals) {}

  public record Tool(String tool, long calls) {}

  /// Something that happened besides usage.
  ///
  /// @param kind as `compaction`
  /// @param name what it was about: the error, the trigger
  /// @param value what it came to: milliseconds of a turn, tokens before a compaction
  public record Happening(Instant at, String kind, String name, long value) {}

  /// A session with what it was made of.
  ///
  /// @param responses from the one that was asked for on, at most 1,000
  /// @param more whether there are more of them
  public record Detail(
      Session session,
      List<Part> parts,
      @Nullable OwnTotal ownTotal,
      List<Agent> agents,
      List<Tool> tools,
      List<Happening> happenings,
      List<Response> responses,
      boolean more) {}

  public List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/sessions",
            Access.VIEWER,
            "Sessions by device, project, model, branch, date and text; sorted; page by page",
            this::page),
        Route.get(
            "/api/v1/sessions/{id}",
            Access.VIEWER,
            "A session with its parts, what happened in it, and 1,000 of its responses",
            this::detail));
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

  /// The latest sessions of a machine.
  public List<Session> latest(String device, int most) {
    Fleet.Names names = fleet.names();
    return store
        .sessions(
            new SessionQuery(
                TimeRange.ALL, null, device, null, null, null, null, Order.LAST, null, most))
        .rows()
        .stream()
        .map(row -> session(row, names))
        .toList();
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
    return detail(call.path("id"), call.number("skip", 0, MOST_SKIPPED));
  }

  /// A session with what it was made of.
  ///
  /// @param skip how many of its earliest responses not to tell
  public Detail detail(String id, int skip) {
    SessionPage page =
        store.sessions(
            new SessionQuery(TimeRange.ALL, id, null, null, null, null, null, Order.LAST, null, 1));
    SessionPage.Row row =
        page.rows().stream()
            .findFirst()
            .orElseThrow(() -> Problem.notFound("session with this id"));
    Fleet.Names names = fleet.names();
    ResponsesApi.Responses some = responses.ofSession(id, skip);
    return new Detail(
        session(row, names),
        row.parts().stream().map(part -> part(part, names)).toList(),
        ownTotal(id),
        agents(id),
        tools(id),
        happenings(id),
        some.responses(),
        some.more());
  }

  private static Part part(Slice part, Fleet.Names names) {
    return new Part(
        part.model(),
        part.branch(),
        new Named(part.device(), names.device(part.device())),
        new Named(part.project(), names.project(part.project())),
        Sums.of(part.totals()));
  }

  private List<Agent> agents(String session) {
    return store.agents(session).entrySet().stream()
        .map(agent -> new Agent(agent.getKey(), Sums.of(agent.getValue())))
        .toList();
  }

  private List<Tool> tools(String session) {
    return store.happenings(session).tools().entrySet().stream()
        .map(tool -> new Tool(tool.getKey(), tool.getValue()))
        .sorted(Comparator.comparingLong(Tool::calls).reversed().thenComparing(Tool::tool))
        .toList();
  }

  /// Single attempts tell nothing that responses and errors do not.
  private List<Happening> happenings(String session) {
    return store.happened(session, MOST_HAPPENINGS).stream()
        .filter(activity -> activity.kind() != ActivityKind.ATTEMPT)
        .map(
            activity ->
                new Happening(
                    activity.at(),
                    activity.kind().name().toLowerCase(Locale.ROOT),
                    activity.name(),
                    activity.value()))
        .toList();
  }

  private @Nullable OwnTotal ownTotal(String session) {
    List<SessionTotal> totals = store.sessionTotals(session);
    if (totals.isEmpty()) {
      return null;
    }
    SessionTotal last = totals.getLast();
    return new OwnTotal(last.cost(), last.costKnown(), last.linesAdded(), last.linesRemoved());
  }
}
