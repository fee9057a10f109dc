package dev.claudometer.server.api.usage;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.SessionId;
import dev.claudometer.report.Question;
import dev.claudometer.report.Scope;
import dev.claudometer.report.session.MomentChoice;
import dev.claudometer.report.session.SessionAnswers;
import dev.claudometer.report.session.SessionAnswers.Listing;
import dev.claudometer.report.session.SessionAnswers.Session;
import dev.claudometer.report.session.SessionDetail;
import dev.claudometer.report.session.SessionStory;
import dev.claudometer.report.session.StoryAnswers;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Route;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.SessionQuery.Cursor;
import dev.claudometer.store.SessionQuery.Order;
import dev.claudometer.store.Where;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Sessions, and what each was made of.
public final class SessionsApi {

  private static final int USUAL_PAGE = 20;
  private static final int LARGEST_PAGE = 100;
  private static final int MOST_SKIPPED = 100_000_000;

  private static final int MOMENTS = 100;
  private static final int MOST_MOMENTS = 1_000;

  private final SessionAnswers answers;
  private final StoryAnswers stories;
  private final Questions questions;

  public SessionsApi(SessionAnswers answers, StoryAnswers stories, Questions questions) {
    this.answers = answers;
    this.stories = stories;
    this.questions = questions;
  }

  /// Some of the sessions.
  ///
  /// @param next what to pass as `after` for the next page; null where this is the last
  public record Page(List<Session> sessions, @Nullable String next) {}

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
            call ->
                detail(call, new SessionId(call.path("id")), call.number("skip", 0, MOST_SKIPPED))),
        Route.get(
            "/api/v1/sessions/{id}/story",
            Access.VIEWER,
            "A session of any length: its most expensive responses, its cost over time, and some"
                + " moments",
            call -> story(call, new SessionId(call.path("id")))));
  }

  public Page page(Call call) {
    SessionAnswers.Page page =
        answers.page(
            questions.ofAllTime(call),
            listing(
                call,
                after(call.query("after")),
                Math.max(1, call.number("limit", USUAL_PAGE, LARGEST_PAGE))));
    Cursor next = page.next();
    return new Page(page.sessions(), next == null ? null : next.value() + "." + next.session());
  }

  private static Listing listing(Call call, @Nullable Cursor after, int limit) {
    return new Listing(
        call.query("text"),
        call.choice("sort", Order.class, Order.LAST),
        after,
        limit,
        call.scope());
  }

  /// What is asked about; of all time where no period is given.
  public Question question(Call call) {
    return questions.ofAllTime(call);
  }

  /// What all of them used together, whatever text is looked for.
  public SessionAnswers.Sum sum(Call call) {
    return answers.sum(questions.ofAllTime(call));
  }

  /// All sessions that the caller asks about, fetched as they are read.
  public Stream<Session> all(Call call) {
    return answers.all(questions.ofAllTime(call), listing(call, null, LARGEST_PAGE));
  }

  /// Those of a period, by default of the current month, that cost most in it first; fetched as
  /// they are read.
  public Stream<Session> mostExpensive(Call call) {
    return answers.all(
        questions.of(call), new Listing(null, Order.COST, null, USUAL_PAGE, call.scope()));
  }

  /// What sessions used on a machine that the caller may see, the latest first, fetched as they are
  /// read.
  public Stream<Session> ofDevice(DeviceId device) {
    return answers.all(
        questions.ofAllTime(Where.of(Dimension.DEVICE, device.text())),
        new Listing(null, Order.LAST, null, USUAL_PAGE, Scope.ALL));
  }

  private static @Nullable Cursor after(@Nullable String text) {
    if (text == null) {
      return null;
    }
    int dot = text.indexOf('.');
    if (dot < 1 || !text.substring(0, dot).matches("-?[0-9]{1,18}")) {
      throw Problem.of(422, "'after' has to be the 'next' of a page");
    }
    return new Cursor(
        Long.parseLong(text.substring(0, dot)), new SessionId(text.substring(dot + 1)));
  }

  /// A session with what it was made of.
  ///
  /// @param skip how many of its earliest responses not to tell
  public SessionDetail detail(Call call, SessionId id, int skip) {
    SessionDetail detail = answers.detail(id, skip, call.scope());
    if (detail == null) {
      throw Problem.notFound("session with this id");
    }
    return detail;
  }

  /// A session to look through: `only` (all, responses, subagents, errors, compactions), `sort`
  /// (time, cost), `skip` and `limit` say which of its moments are told.
  public SessionStory story(Call call, SessionId id) {
    var choice =
        new MomentChoice(
            call.choice("only", MomentChoice.Only.class, MomentChoice.Only.ALL),
            call.choice("sort", MomentChoice.Order.class, MomentChoice.Order.TIME),
            call.number("skip", 0, MOST_SKIPPED),
            Math.max(1, call.number("limit", MOMENTS, MOST_MOMENTS)));
    SessionStory story = stories.story(id, choice, call.scope());
    if (story == null) {
      throw Problem.notFound("session with this id");
    }
    return story;
  }
}
