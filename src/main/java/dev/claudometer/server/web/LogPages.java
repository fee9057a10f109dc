package dev.claudometer.server.web;

import dev.claudometer.server.api.Api;
import dev.claudometer.server.api.LogPage;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.web.frame.Reports;
import dev.claudometer.server.web.frame.Sheets;
import dev.claudometer.server.web.table.Cell;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.Table;
import dev.claudometer.server.web.table.Table.Column;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What the server says of itself, and follows with a script.
final class LogPages {

  private static final List<String> LEVELS = List.of("error", "warn", "info", "debug");

  private final Reports reports;
  private final Api api;

  LogPages(Sheets sheets, Api api) {
    reports = new Reports(sheets);
    this.api = api;
  }

  List<Route> routes() {
    return List.of(Route.page("/logs", Access.ADMIN, "Lines of the server's log", this::logs));
  }

  private Reply logs(Call call) throws InterruptedException {
    Figures figures = Figures.of(api.settings());
    LogPage log = api.logs().logs(call);
    Table table =
        Table.of(
            "log",
            "Lines, the latest first",
            List.of(
                Column.time("at", "At"),
                Column.text("level", "Level"),
                Column.text("category", "Part"),
                Column.prose("message", "Message")),
            log.lines().reversed().stream().map(line -> line(line, figures)).toList(),
            "No line is kept: the server has had nothing to say.");
    String level = chosen(call, "level");
    String category = chosen(call, "category");
    return reports.page(
        call,
        "Logs",
        "/logs",
        "logs",
        List.of(table),
        Map.of(
            "levels",
            levels(log.counts()),
            "categories",
            categories(log.categories(), category),
            "level",
            level,
            "category",
            category,
            "last",
            log.last(),
            "zone",
            figures.zone().getId()));
  }

  private static String chosen(Call call, String name) {
    String value = call.query(name);
    return value == null ? "" : value;
  }

  private static Map<String, Long> levels(Map<String, Long> counts) {
    return LEVELS.stream()
        .collect(
            Collectors.toMap(
                level -> level,
                level -> counts.getOrDefault(level, 0L),
                Long::sum,
                LinkedHashMap::new));
  }

  /// Those that have spoken, and the one that is asked for.
  private static Map<String, Long> categories(Map<String, Long> counts, String asked) {
    var categories = new TreeMap<>(counts);
    if (!asked.isEmpty()) {
      categories.putIfAbsent(asked, 0L);
    }
    return categories;
  }

  private static List<Cell> line(LogPage.Line line, Figures figures) {
    return List.of(
        Cell.second(figures, line.at()),
        Cell.name(line.level()),
        Cell.name(line.category()),
        Cell.lines(line.message()));
  }
}
