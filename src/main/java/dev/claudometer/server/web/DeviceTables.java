package dev.claudometer.server.web;

import dev.claudometer.report.Money;
import dev.claudometer.report.session.SessionAnswers.Session;
import dev.claudometer.server.api.Api;
import dev.claudometer.server.api.devices.DevicesApi.Machine;
import dev.claudometer.server.api.devices.DevicesApi.MachineDetail;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.web.table.Cell;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.SumCells;
import dev.claudometer.server.web.table.Table;
import dev.claudometer.server.web.table.Table.Column;
import dev.claudometer.server.web.table.WindowName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What is told of one machine.
record DeviceTables(Api api, MachineDetail detail, Figures figures, Instant now) {

  private static final int MOST_SESSIONS = 10;

  private Machine machine() {
    return detail.device();
  }

  Table used() {
    return Table.of(
        "used",
        "What it used in all",
        SumCells.columns(),
        List.of(SumCells.of(machine().totals(), figures)),
        "");
  }

  Table windows(Call call) {
    List<List<Cell>> rows =
        api.state().limits(call).limits().stream()
            .filter(limit -> limit.device().equals(machine().id()))
            .map(
                limit ->
                    List.of(
                        Cell.name(WindowName.words(limit.window())).valued(limit.window()),
                        limit.utilization() == null
                            ? new Cell("reset, not read since", null, "", List.of())
                            : new Cell(
                                String.format(Locale.ROOT, "%.1f %%", limit.utilization() * 100),
                                limit.utilization(),
                                "",
                                List.of()),
                        Cell.time(figures, limit.resetsAt()),
                        new Cell(
                            Figures.ago(limit.at(), now), limit.at().toString(), "", List.of())))
            .toList();
    return Table.of(
        "windows",
        "Plan windows",
        List.of(
            Column.text("window", "Window"),
            Column.number("utilization", "Used"),
            Column.time("resetsAt", "Resets"),
            Column.time("at", "Last read")),
        rows,
        "No plan window is known of this machine: they come with the status line of Claude Code.");
  }

  Table sessions() {
    return Table.of(
            "sessions",
            "Its latest sessions",
            List.of(
                Column.text("session", "Session"),
                Column.text("project", "Project"),
                Column.time("last", "Last active"),
                Column.time("durationSeconds", "Duration"),
                Column.number("costUsd", "Cost"),
                Column.number("responses", "Responses")),
            api.sessions()
                .ofDevice(machine().id())
                .limit(MOST_SESSIONS)
                .map(this::session)
                .toList(),
            "No session of this machine is known yet: does its agent run?")
        .of(() -> api.sessions().ofDevice(machine().id()).map(this::session));
  }

  private List<Cell> session(Session session) {
    return List.of(
        Cell.name(session.name())
            .valued(session.session().text())
            .to(SessionPages.address(session.session())),
        Cell.name(SessionPages.names(session.projects())),
        Cell.time(figures, session.last()),
        Cell.span(session.durationSeconds()),
        Cell.cost(figures, Money.of(session.totals())),
        Cell.count(session.totals().responses()));
  }

  Table quality(Call call) {
    return Table.of(
        "quality",
        "Its transcripts",
        List.of(
            Column.number("files", "Files"),
            Column.number("damagedLines", "Damaged lines"),
            Column.number("damagedBytes", "Their bytes"),
            Column.number("recovered", "Recovered records")),
        api.quality().quality().devices().stream()
            .filter(device -> device.device().equals(machine().id()))
            .map(
                device ->
                    List.of(
                        Cell.count(device.files()),
                        Cell.count(device.damagedLines()),
                        Cell.count(device.damagedBytes()),
                        Cell.count(device.recovered())))
            .toList(),
        "It has not sent anything about its transcripts yet.");
  }

  Table keys() {
    var rows = new ArrayList<List<Cell>>();
    detail
        .keys()
        .forEach(
            each ->
                rows.add(
                    List.of(
                        Cell.name(each.prefix() + "…"),
                        Cell.time(figures, each.createdAt()),
                        Cell.time(figures, each.lastUsed()),
                        Cell.time(figures, each.expiresAt()))));
    return Table.of(
        "keys",
        "Keys",
        List.of(
            Column.text("key", "Key"),
            Column.time("createdAt", "Made"),
            Column.time("lastUsed", "Last used"),
            Column.time("expiresAt", "Ends")),
        rows,
        "This machine has no key in force.");
  }
}
