package dev.claudometer.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.model.SessionId;
import dev.claudometer.report.Money;
import dev.claudometer.report.Named;
import dev.claudometer.report.Question;
import dev.claudometer.report.session.SessionAnswers;
import dev.claudometer.report.session.SessionAnswers.Session;
import dev.claudometer.server.api.Api;
import dev.claudometer.server.api.usage.SessionsApi.Page;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.web.frame.Picker;
import dev.claudometer.server.web.frame.Reports;
import dev.claudometer.server.web.frame.Sheets;
import dev.claudometer.server.web.table.Cell;
import dev.claudometer.server.web.table.Escaped;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.ModelName;
import dev.claudometer.server.web.table.SumCells;
import dev.claudometer.server.web.table.Table;
import dev.claudometer.server.web.table.Table.Column;
import dev.claudometer.store.SessionQuery.Order;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Sessions: which there are.
public final class SessionPages {

  private static final List<String> FILTERS =
      List.of(
          "text", "device", "project", "model", "branch", "person", "team", "from", "to", "sort");

  /// Those that leave out a part of what a session used.
  private static final Set<String> NARROWING =
      Set.of("device", "project", "model", "branch", "person", "team", "from", "to");

  private static final Map<String, String> ORDERS =
      Map.of(
          "costUsd", "cost", "outputTokens", "output", "responses", "responses", "begun", "first");

  private final Reports reports;
  private final Api api;

  SessionPages(Sheets sheets, Api api) {
    reports = new Reports(sheets);
    this.api = api;
  }

  /// Something that can be chosen.
  public record Choice(String key, String name) {}

  List<Route> routes() {
    return List.of(
        Route.page("/sessions", Access.VIEWER, "Sessions, filtered and sorted", this::list));
  }

  private Reply list(Call call) {
    Figures figures = Figures.of(api.settings());
    Page page = api.sessions().page(call);
    Map<String, String> filters = filters(call);
    boolean narrowed = NARROWING.stream().anyMatch(filters::containsKey);
    String next = page.next();
    return reports.page(
        call,
        "Sessions",
        "/sessions",
        "sessions",
        List.of(
            Table.of(
                    "sessions",
                    "Sessions",
                    columns(narrowed),
                    page.sessions().stream()
                        .map(session -> row(call, session, figures, narrowed))
                        .toList(),
                    filters.isEmpty()
                        ? "No session yet: they appear when a device has sent some usage."
                        : "No session is like that: remove a filter.")
                .of(
                    () ->
                        api.sessions()
                            .all(call)
                            .map(session -> row(call, session, figures, narrowed)))
                .ordered(ORDERS)),
        Map.of(
            "picker",
            picker(call),
            "sum",
            sum(call, figures),
            "filters",
            filters,
            "devices",
            devices(call),
            "models",
            models(call),
            "orders",
            orders(),
            "next",
            next == null ? "" : "/sessions?" + query(filters) + "after=" + encoded(next)));
  }

  private Picker picker(Call call) {
    Question question = api.sessions().question(call);
    return Picker.ofAllTime(call, question.range(), question.zone(), api.settings().beginnings());
  }

  /// `7 sessions, $342.72`; empty where a text is looked for: that has no sum.
  private String sum(Call call, Figures figures) {
    if (call.query("text") != null) {
      return "";
    }
    SessionAnswers.Sum sum = api.sessions().sum(call);
    return Figures.count(sum.sessions())
        + (sum.sessions() == 1 ? " session, " : " sessions, ")
        + figures.cost(Money.of(sum.totals()));
  }

  private static Map<String, String> filters(Call call) {
    Map<String, String> filters = new LinkedHashMap<>();
    for (String name : FILTERS) {
      String value = call.query(name);
      if (value != null) {
        filters.put(name, value);
      }
    }
    return filters;
  }

  private static String query(Map<String, String> filters) {
    return filters.entrySet().stream()
        .map(filter -> filter.getKey() + "=" + encoded(filter.getValue()) + "&")
        .collect(Collectors.joining());
  }

  private List<Choice> devices(Call call) {
    return api.devices().list(call).devices().stream()
        .map(machine -> new Choice(machine.id().text(), Escaped.name(machine.name())))
        .toList();
  }

  private List<Choice> models(Call call) {
    return ModelName.of(api.state().models(call)).entrySet().stream()
        .map(model -> new Choice(model.getKey(), model.getValue()))
        .sorted(Comparator.comparing(Choice::name))
        .toList();
  }

  private static List<Choice> orders() {
    return Stream.of(Order.values())
        .map(
            order ->
                new Choice(
                    order.name().toLowerCase(Locale.ROOT),
                    switch (order) {
                      case LAST -> "last activity";
                      case FIRST -> "start";
                      case COST -> "cost";
                      case OUTPUT -> "output tokens";
                      case RESPONSES -> "responses";
                    }))
        .toList();
  }

  private static List<Column> columns(boolean narrowed) {
    var columns = new ArrayList<Column>();
    columns.add(Column.text("session", "Session"));
    columns.add(Column.inFiles("project"));
    columns.add(Column.text("device", "Device"));
    columns.add(Column.time("begun", "Started"));
    columns.add(Column.time("durationSeconds", "Duration"));
    columns.add(Column.text("model", "Model"));
    columns.addAll(SumCells.columns());
    if (narrowed) {
      columns.add(Column.number("wholeCostUsd", "Whole session"));
    }
    return columns;
  }

  private static List<Cell> row(Call call, Session session, Figures figures, boolean narrowed) {
    var row = new ArrayList<Cell>();
    row.add(
        Cell.name(session.name())
            .valued(session.session().text())
            .to(
                Picker.kept(call.uri())
                    .at("/session")
                    .with("id", session.session().text())
                    .text()));
    row.add(Cell.name(names(session.projects())));
    row.add(Cell.name(names(session.devices())));
    row.add(Cell.time(figures, session.first()));
    row.add(Cell.span(session.durationSeconds()));
    row.add(models(session.models()));
    row.addAll(SumCells.of(session.totals(), figures));
    if (narrowed) {
      row.add(Cell.cost(figures, Money.of(session.whole())));
    }
    return row;
  }

  private static Cell models(List<String> ids) {
    String words = ids.stream().map(ModelName::words).distinct().collect(Collectors.joining(", "));
    return Cell.model(words, String.join(", ", ids));
  }

  static String names(List<Named> named) {
    return named.stream().map(Named::name).collect(Collectors.joining(", "));
  }

  /// Where a session is shown.
  static String address(SessionId session) {
    return "/session?id=" + encoded(session.text());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
