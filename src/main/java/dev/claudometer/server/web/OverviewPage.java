package dev.claudometer.server.web;

import dev.claudometer.report.Overview;
import dev.claudometer.report.Share;
import dev.claudometer.report.Split;
import dev.claudometer.report.TimeSeries;
import dev.claudometer.report.work.ClientAnswers.By;
import dev.claudometer.server.api.Api;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.auth.Principal;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.web.frame.Frame;
import dev.claudometer.server.web.frame.Live;
import dev.claudometer.server.web.frame.Picker;
import dev.claudometer.server.web.frame.Reports;
import dev.claudometer.server.web.frame.Sheets;
import dev.claudometer.server.web.frame.Tables;
import dev.claudometer.server.web.glance.Glance.Top;
import dev.claudometer.server.web.glance.Subject;
import dev.claudometer.server.web.table.CostSeries;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.NotedDays;
import dev.claudometer.server.web.table.ShareTable;
import dev.claudometer.server.web.table.Table;
import dev.claudometer.server.web.table.WeekTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What was used in a period, at a glance: by all, or by a person, a project, a model, a device, a
/// branch.
public final class OverviewPage {

  private static final int TOP = 5;

  private static final List<Split> TOPS =
      List.of(Split.PERSON, Split.PROJECT, Split.SESSION, Split.MODEL, Split.DEVICE, Split.BRANCH);

  private final Reports reports;
  private final Api api;

  OverviewPage(Sheets sheets, Api api) {
    reports = new Reports(sheets);
    this.api = api;
  }

  /// A figure of the period.
  ///
  /// @param change against which time, empty where there was nothing
  public record Card(String name, String figure, String change) {}

  List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(
        Route.page(
            "/", Access.VIEWER, "What was used, at a glance", call -> show(call, Subject.ALL)));
    for (Split kind : Subject.KINDS) {
      routes.add(
          Route.page(
              "/" + Subject.word(kind),
              Access.VIEWER,
              "What a " + Subject.word(kind) + " used, at a glance",
              call -> show(call, Subject.of(kind, call))));
    }
    routes.add(Route.page(Frame.MINE, Access.VIEWER, "What the caller used", OverviewPage::mine));
    return routes;
  }

  /// A person's page is that of the devices that the person owns.
  private static Reply mine(Call call) {
    String name =
        switch (call.principal()) {
          case Principal.User(_, String user, _) -> user;
          case Principal.Token(_, _, String owner, _) -> owner;
          default -> throw Problem.of(404, "only who has logged in has usage of the own");
        };
    return Sheets.to(
        Picker.kept(call.uri()).without("person").at("/person").with("person", name).text());
  }

  private Reply show(Call call, Subject subject) {
    Live live = Live.of(api, call);
    Overview overview = api.usage().overview(call);
    Figures figures = Figures.of(api.settings()).at(overview.timeZone());
    Picker picker =
        Picker.of(
            call, overview.from(), overview.to(), overview.timeZone(), api.settings().beginnings());
    ChartChoice choice = ChartChoice.of(call, overview.from(), overview.to());
    NotedDays noted = NotePages.noted(api, call, picker);
    var tables =
        new Tables()
            .with(
                "cost",
                () ->
                    cost(
                        call,
                        choice,
                        new CostSeries(figures, choice.by(), picker.sessions()),
                        noted))
            .with(
                "week", () -> new WeekTable(figures, picker.about()).table(api.usage().week(call)));
    List<Top> tops = new ArrayList<>();
    TOPS.stream()
        .filter(kind -> !subject.about(kind))
        .forEach(
            kind -> {
              tables.with(
                  Subject.plural(kind).toLowerCase(Locale.ROOT),
                  () -> top(kind, call, overview, figures, picker));
              tops.add(new Top(tops.size() + 2, picker.about().at(Subject.list(kind)).text()));
            });
    if (subject.about(Split.PERSON)) {
      var work = new ClientWorkTable(picker.about().without("by"));
      tables
          .with("work", () -> work.repositories(by -> api.clients().work(call, by)))
          .with("work-branches", () -> work.branches(api.clients().work(call, By.BRANCH)));
    }
    var glances = new Glances(api, call, subject, overview, noted, figures, picker);
    return reports.live(
        call,
        live,
        glances.title(),
        subject.place(),
        "overview",
        tables,
        () ->
            Map.of(
                "glance",
                glances.glance(choice.step(), List.copyOf(tops)),
                "choice",
                choice,
                "enrolled",
                overview.devices() > 0));
  }

  private Table cost(Call call, ChartChoice choice, CostSeries costs, NotedDays noted) {
    TimeSeries series = api.usage().series(call, choice.step());
    return noted.onto(costs.table(series, call.now()), series, call.now());
  }

  private Table top(Split kind, Call call, Overview overview, Figures figures, Picker picker) {
    if (kind == Split.SESSION) {
      return new SessionTop(figures, picker)
          .table(
              api.sessions().mostExpensive(call).limit(TOP).toList(),
              () -> api.sessions().mostExpensive(call));
    }
    String title = Subject.plural(kind);
    return new ShareTable(
            title.toLowerCase(Locale.ROOT),
            title,
            Subject.word(kind),
            shares(kind, call, overview),
            figures,
            picker.about())
        .top(TOP);
  }

  private List<Share> shares(Split kind, Call call, Overview overview) {
    return switch (kind) {
      case PROJECT -> overview.topProjects();
      case MODEL -> overview.topModels();
      case DEVICE -> overview.topDevices();
      default -> api.usage().shares(call, kind).shares();
    };
  }
}
