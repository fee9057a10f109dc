package dev.claudometer.server.web;

import dev.claudometer.server.api.Api;
import dev.claudometer.server.api.SettingsApi.Audit;
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
import dev.claudometer.store.registry.AuditEntry;
import java.util.List;
import java.util.Map;

/// What was done by whom.
final class RecordPages {

  private final Reports reports;
  private final Api api;

  RecordPages(Sheets sheets, Api api) {
    reports = new Reports(sheets);
    this.api = api;
  }

  List<Route> routes() {
    return List.of(Route.page("/audit", Access.ADMIN, "Who changed what", this::audit));
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
                    Column.prose("detail", "Detail"),
                    Column.text("address", "From")),
                audit.entries().stream().map(entry -> entry(entry, figures)).toList(),
                "Nothing was changed before.")
            .of(() -> api.settingsApi().wholeAudit(call).map(entry -> entry(entry, figures)));
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
}
