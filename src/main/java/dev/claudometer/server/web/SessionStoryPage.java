package dev.claudometer.server.web;

import dev.claudometer.model.SessionId;
import dev.claudometer.report.session.ResponseAnswers;
import dev.claudometer.report.session.SessionDetail;
import dev.claudometer.report.session.SessionStory;
import dev.claudometer.server.api.Api;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.web.frame.Reports;
import dev.claudometer.server.web.frame.Sheets;
import dev.claudometer.server.web.table.Address;
import dev.claudometer.server.web.table.Cell;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.SessionTimeline;
import dev.claudometer.server.web.table.StoryTables;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A session of any length: what it was, and what each of its numbers is made of.
final class SessionStoryPage {

  private static final int MOST_SKIPPED = 100_000_000;
  private static final Map<String, String> ORDERS = Map.of("at", "time", "costUsd", "cost");

  private final Reports reports;
  private final Api api;

  SessionStoryPage(Sheets sheets, Api api) {
    reports = new Reports(sheets);
    this.api = api;
  }

  List<Route> routes() {
    return List.of(
        Route.page("/session", Access.VIEWER, "A session, down to its lines", this::show));
  }

  private Reply show(Call call) {
    Figures figures = Figures.of(api.settings());
    String id = call.query("id");
    SessionStory story =
        api.sessions().story(call, id == null ? SessionId.NONE : new SessionId(id));
    Address here = Address.of(call.uri());
    SessionId session = story.detail().session().session();
    var view = new SessionView(story, figures, here, call.number("skip", 0, MOST_SKIPPED));
    var tables = new SessionTables(story.detail(), figures);
    var timeline = new SessionTimeline(figures);
    var told = new StoryTables(story, figures, here);
    return reports.page(
        call,
        view.title(),
        "/sessions",
        "session",
        List.of(
            told.costs(),
            told.models(),
            told.agents(),
            told.tools(),
            timeline.table("expensive", "The ten most expensive responses", story.mostExpensive()),
            timeline
                .table("timeline", "What happened", story.moments())
                .of(() -> rows(call, session, timeline))
                .ordered(ORDERS),
            tables.parts()),
        Map.of("view", view, "rateNote", figures.rateNote()));
  }

  /// All that happened, a thousand responses at a time.
  private Stream<List<Cell>> rows(Call call, SessionId session, SessionTimeline timeline) {
    return IntStream.iterate(0, skip -> skip + ResponseAnswers.MOST)
        .mapToObj(skip -> new Piece(skip, api.sessions().detail(call, session, skip)))
        .takeWhile(piece -> piece.skip() == 0 || !piece.detail().responses().isEmpty())
        .flatMap(piece -> timeline.rows(piece.detail(), piece.skip() == 0).stream());
  }

  private record Piece(int skip, SessionDetail detail) {}
}
