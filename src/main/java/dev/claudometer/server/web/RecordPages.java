package dev.claudometer.server.web;

import dev.claudometer.server.api.Api;
import dev.claudometer.server.api.Call;
import dev.claudometer.server.api.LogPage;
import dev.claudometer.server.api.Reply;
import dev.claudometer.server.api.Route;
import dev.claudometer.server.api.SettingsApi.Audit;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.web.Table.Column;
import dev.claudometer.store.registry.AuditEntry;
import java.util.List;
import java.util.Map;

/// What was done by whom, and what the server says of itself.
final class RecordPages {

  private final Reports reports;
  private final Api api;

  RecordPages(Sheets sheets, Api api) {
    reports = new Reports(sheets);
    this.api = api;
  }

  List<Route> routes() {
    return List.of(
        Route.page("/audit", Access.ADMIN, "Who changed what", this::audit),
        Route.page("/logs", Access.ADMIN, "Lines of the server's log", this::logs));
  }

  private Reply audit(Call call) {
    Figures figures = Figures.of(api.settings());
    Audit audit = api.settingsApi().audit(call);
    Table table =
        Table.of(
            "audit",
            "The latest first",
            List.of(
                Column.number("number", "Number"),
                Column.time("at", "At"),
                Column.text("actor", "Who"),
                Column.text("action", "What"),
                Column.text("subject", "To what"),
                Column.text("detail", "Detail"),
                Column.text("address", "From")),
            audit.entries().stream().map(entry -> entry(entry, figures)).toList(),
            "Nothing was changed before.");
    Long next = audit.next();
    return reports.page(
        call,
        "Audit",
        "/audit",
        "report",
        List.of(table),
        Map.of("intro", "", "next", next == null ? "" : "/audit?before=" + next));
  }

  private static List<Cell> entry(AuditEntry entry, Figures figures) {
    return List.of(
        Cell.count(entry.number()),
        Cell.time(figures, entry.at()),
        Cell.name(entry.actor()),
        Cell.name(entry.action()),
        Cell.name(entry.subject()),
        Cell.name(entry.detail()),
        Cell.name(entry.address()));
  }

  private Reply logs(Call call) {
    Figures figures = Figures.of(api.settings());
    LogPage log = api.state().logs(call);
    Table table =
        Table.of(
            "log",
            "Lines",
            List.of(
                Column.time("at", "At"),
                Column.text("level", "Level"),
                Column.text("category", "Part"),
                Column.text("message", "Message")),
            log.lines().reversed().stream().map(line -> line(line, figures)).toList(),
            "No line is kept: the server has had nothing to say.");
    return reports.page(
        call,
        "Logs",
        "/logs",
        "logs",
        List.of(table),
        Map.of("counts", log.counts(), "level", String.valueOf(call.query("level"))));
  }

  private static List<Cell> line(LogPage.Line line, Figures figures) {
    return List.of(
        Cell.time(figures, line.at()),
        Cell.name(line.level()),
        Cell.name(line.category()),
        Cell.lines(line.message()));
  }
}
