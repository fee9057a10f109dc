package dev.claudometer.report.session;

import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.SessionTotal;
import dev.claudometer.report.KnownMachines;
import dev.claudometer.report.Named;
import dev.claudometer.report.Question;
import dev.claudometer.report.Scope;
import dev.claudometer.report.SessionNames;
import dev.claudometer.report.session.SessionDetail.Agent;
import dev.claudometer.report.session.SessionDetail.Happening;
import dev.claudometer.report.session.SessionDetail.OwnTotal;
import dev.claudometer.report.session.SessionDetail.Part;
import dev.claudometer.report.session.SessionDetail.Tool;
import dev.claudometer.store.SessionPage;
import dev.claudometer.store.SessionQuery;
import dev.claudometer.store.SessionQuery.Cursor;
import dev.claudometer.store.SessionQuery.Order;
import dev.claudometer.store.Slice;
import dev.claudometer.store.UsageQueries;
import dev.claudometer.usage.SessionRemainder;
import dev.claudometer.usage.Totals;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Sessions, and what each was made of.
public final class SessionAnswers {

  private static final int MOST_HAPPENINGS = 10_000;

  /// What comes after the last page; where there is no session at all, the first one is like it.
  private static final Page END = new Page(List.of(), null);

  private final UsageQueries store;
  private final ResponseAnswers responses;
  private final KnownMachines fleet;

  public SessionAnswers(UsageQueries store, ResponseAnswers responses, KnownMachines fleet) {
    this.store = store;
    this.responses = responses;
    this.fleet = fleet;
  }

  /// How sessions are listed.
  ///
  /// @param text only sessions whose id, project or branch contains it; null for any
  /// @param after where the page before ended; null for the first
  /// @param scope whose parts of a session are told of
  public record Listing(
      @Nullable String text, Order order, @Nullable Cursor after, int limit, Scope scope) {

    public Listing from(@Nullable Cursor next) {
      return new Listing(text, order, next, limit, scope);
    }
  }

  /// A session.
  ///
  /// @param name the project and the branch that most of it cost on: `loom · main`
  /// @param first its first response, of whatever time; so the last
  /// @param totals what of it is asked about: falls into the period, and is where it is looked for
  /// @param whole all that it used
  public record Session(
      SessionId session,
      String name,
      Instant first,
      Instant last,
      long durationSeconds,
      List<Named> devices,
      List<Named> projects,
      List<String> branches,
      List<String> models,
      Totals totals,
      Totals whole) {}

  /// Some of the sessions.
  ///
  /// @param next where the next page goes on; null where this is the last
  public record Page(List<Session> sessions, @Nullable Cursor next) {}

  /// What all sessions that are asked about used together.
  public record Sum(long sessions, Totals totals) {}

  public Sum sum(Question question) {
    return new Sum(
        store.sessionCount(question.range(), question.where()),
        store.sums(question.range(), question.where(), Set.of()).stream()
            .map(Slice::totals)
            .reduce(Totals.ZERO, Totals::plus));
  }

  /// Sessions with usage that is asked about.
  public Page page(Question question, Listing listing) {
    SessionPage page =
        store.sessions(
            new SessionQuery(
                question.range(),
                question.where(),
                listing.text(),
                listing.order(),
                listing.after(),
                listing.limit()));
    KnownMachines.Names names = fleet.names();
    return new Page(
        page.rows().stream().map(row -> session(row, listing.scope(), names)).toList(),
        page.next());
  }

  /// All of them, page after page, each fetched when it is read.
  public Stream<Session> all(Question question, Listing listing) {
    return Stream.iterate(
            page(question, listing),
            page -> !page.equals(END),
            page -> after(page, question, listing))
        .flatMap(page -> page.sessions().stream());
  }

  private Page after(Page page, Question question, Listing listing) {
    return page.next() == null ? END : page(question, listing.from(page.next()));
  }

  private static Session session(SessionPage.Row row, Scope scope, KnownMachines.Names names) {
    List<Slice> parts = parts(row, scope);
    return new Session(
        row.session(),
        SessionNames.of(row.session(), parts, names),
        row.first(),
        row.last(),
        Duration.between(row.first(), row.last()).toSeconds(),
        parts.stream()
            .map(Slice::device)
            .filter(device -> !device.equals(DeviceId.THIS))
            .distinct()
            .map(device -> new Named(device.text(), names.device(device)))
            .toList(),
        parts.stream()
            .map(Slice::project)
            .filter(project -> !project.equals(ProjectName.NONE))
            .distinct()
            .map(project -> new Named(project.text(), names.project(project)))
            .toList(),
        distinct(parts.stream().map(Slice::branch)).toList(),
        distinct(parts.stream().map(Slice::model)).toList(),
        row.totals(),
        parts.stream().map(Slice::totals).reduce(Totals.ZERO, Totals::plus));
  }

  private static List<Slice> parts(SessionPage.Row row, Scope scope) {
    return row.parts().stream().filter(part -> scope.holds(part.device())).toList();
  }

  private static Stream<String> distinct(Stream<String> names) {
    return names.filter(name -> !name.isEmpty()).distinct();
  }

  /// The ids of sessions that begin with a text.
  public List<SessionId> beginningWith(String text) {
    return store.sessionsBeginningWith(text);
  }

  /// A session with what it was made of; null where there is none with this id.
  ///
  /// @param skip how many of its earliest responses not to tell
  public @Nullable SessionDetail detail(SessionId id, int skip) {
    return detail(id, skip, Scope.ALL);
  }

  /// The same of some machines. Where others have some of the session too, only its parts and
  /// responses are told: what else is known of it is not kept by machine.
  public @Nullable SessionDetail detail(SessionId id, int skip, Scope scope) {
    return detail(id, scope, () -> responses.ofSession(id, skip, scope));
  }

  /// The same without responses.
  @Nullable SessionDetail outline(SessionId id, Scope scope) {
    return detail(id, scope, () -> new ResponseAnswers.Responses(List.of(), false));
  }

  private @Nullable SessionDetail detail(
      SessionId id, Scope scope, Supplier<ResponseAnswers.Responses> told) {
    SessionPage.Row row =
        store.sessions(SessionQuery.of(id)).rows().stream().findFirst().orElse(null);
    List<Slice> parts = row == null ? List.of() : parts(row, scope);
    if (row == null || parts.isEmpty()) {
      return null;
    }
    KnownMachines.Names names = fleet.names();
    ResponseAnswers.Responses some = told.get();
    boolean whole = parts.size() == row.parts().size();
    return new SessionDetail(
        session(row, scope, names),
        parts.stream().map(part -> part(part, names)).toList(),
        whole ? OwnTotal.of(remainder(id, parts)) : null,
        whole ? agents(id) : List.of(),
        whole ? tools(id) : List.of(),
        whole ? happenings(id) : List.of(),
        some.responses(),
        some.more());
  }

  private static Part part(Slice part, KnownMachines.Names names) {
    return new Part(
        part.model(),
        part.branch(),
        new Named(part.device().text(), names.device(part.device())),
        new Named(part.project().text(), names.project(part.project())),
        part.totals());
  }

  /// Claude Code's own total of a session, a fork's without its parent's; null where it left none.
  public @Nullable SessionRemainder remainder(SessionId session) {
    List<Slice> parts =
        store.sessions(SessionQuery.of(session)).rows().stream()
            .flatMap(row -> row.parts().stream())
            .toList();
    return remainder(session, parts);
  }

  private @Nullable SessionRemainder remainder(SessionId session, List<Slice> parts) {
    List<SessionTotal> totals = store.sessionTotals(session);
    Map<String, Totals> counted =
        parts.stream()
            .collect(Collectors.toMap(Slice::model, Slice::totals, Totals::plus, TreeMap::new));
    return SessionRemainder.of(session, totals, Map.of(session, counted));
  }

  private List<Agent> agents(SessionId session) {
    return store.agents(session).entrySet().stream()
        .map(agent -> new Agent(agent.getKey(), agent.getValue()))
        .toList();
  }

  private List<Tool> tools(SessionId session) {
    return store.happenings(session).tools().entrySet().stream()
        .map(tool -> new Tool(tool.getKey(), tool.getValue()))
        .sorted(Comparator.comparingLong(Tool::calls).reversed().thenComparing(Tool::tool))
        .toList();
  }

  /// Single attempts tell nothing that responses and errors do not; sums did not happen at an
  /// instant.
  private List<Happening> happenings(SessionId session) {
    return store.happened(session, MOST_HAPPENINGS).stream()
        .filter(activity -> activity.kind() != ActivityKind.ATTEMPT && !activity.kind().isSum())
        .map(
            activity ->
                new Happening(
                    activity.at(),
                    activity.kind().name().toLowerCase(Locale.ROOT),
                    activity.name(),
                    activity.value()))
        .toList();
  }
}
