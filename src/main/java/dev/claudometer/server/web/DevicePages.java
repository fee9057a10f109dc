package dev.claudometer.server.web;

import dev.claudometer.model.DeviceId;
import dev.claudometer.server.api.Api;
import dev.claudometer.server.api.devices.DevicesApi.Machine;
import dev.claudometer.server.api.devices.DevicesApi.MachineDetail;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.web.frame.Live;
import dev.claudometer.server.web.frame.Reports;
import dev.claudometer.server.web.frame.Sheets;
import dev.claudometer.server.web.frame.Tables;
import dev.claudometer.server.web.table.Cell;
import dev.claudometer.server.web.table.Escaped;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.SumCells;
import dev.claudometer.server.web.table.Table;
import dev.claudometer.server.web.table.Table.Column;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The machines: which there are, how each is, and what can be done with it.
final class DevicePages {

  private final Reports reports;
  private final Api api;

  DevicePages(Sheets sheets, Api api) {
    reports = new Reports(sheets);
    this.api = api;
  }

  List<Route> routes() {
    return List.of(
        Route.page("/devices", Access.VIEWER, "The machines", this::list),
        Route.page(
            "/devices/{id}", Access.VIEWER, "A machine", call -> detail(call, 200, "", "", "")),
        Route.form("/devices/{id}", Access.ADMIN, "Rename a machine", this::change),
        Route.form("/devices/{id}/rotate", Access.ADMIN, "A new key", this::rotate),
        Route.form("/devices/{id}/revoke", Access.ADMIN, "End a machine's keys", this::revoke),
        Route.form("/devices/{id}/reset", Access.ADMIN, "Delete its usage", this::reset));
  }

  private Reply list(Call call) {
    Live live = Live.of(api, call);
    Figures figures = Figures.of(api.settings());
    Map<DeviceId, Long> damaged = api.quality().damagedLines();
    List<List<Cell>> rows =
        api.devices().list(call).devices().stream()
            .map(
                machine ->
                    row(machine, damaged.getOrDefault(machine.id(), 0L), figures, call.now()))
            .toList();
    return reports.live(
        call,
        live,
        "Devices",
        "/devices",
        "devices",
        new Tables()
            .with(
                "devices",
                () ->
                    Table.of(
                        "devices",
                        "Devices",
                        columns(),
                        rows,
                        "No machine is enrolled yet: add the first one.")),
        Map::of);
  }

  private static List<Column> columns() {
    var columns = new ArrayList<Column>();
    columns.add(Column.text("device", "Device"));
    columns.add(Column.time("state", "State"));
    columns.add(Column.time("lastSeen", "Last seen"));
    columns.add(Column.text("agent", "Agent"));
    columns.add(Column.text("owner", "Owner"));
    columns.add(Column.number("damagedLines", "Damaged lines"));
    columns.addAll(SumCells.columns());
    return columns;
  }

  private static List<Cell> row(Machine machine, long damagedLines, Figures figures, Instant now) {
    var row = new ArrayList<Cell>();
    row.add(Cell.name(machine.name()).to("/devices/" + machine.id()));
    row.add(Cell.name(state(machine)));
    row.add(
        new Cell(
            Figures.ago(machine.lastSeen(), now),
            machine.lastSeen() == null ? null : machine.lastSeen().toString(),
            "",
            List.of()));
    row.add(Cell.name(machine.agent()));
    row.add(Cell.name(machine.owner()));
    row.add(Cell.count(damagedLines));
    row.addAll(SumCells.of(machine.totals(), figures));
    return row;
  }

  private static String state(Machine machine) {
    if (machine.revoked()) {
      return "revoked";
    }
    return machine.online() ? "online" : "offline";
  }

  private Reply detail(Call call, int status, String key, String error, String done) {
    Figures figures = Figures.of(api.settings());
    MachineDetail detail = api.devices().detail(call);
    var tables = new DeviceTables(api, detail, figures, call.now());
    return reports.page(
        call,
        status,
        Escaped.name(detail.device().name()),
        "/devices",
        "device",
        List.of(
            tables.used(),
            tables.windows(call),
            tables.sessions(),
            tables.quality(call),
            tables.keys()),
        Map.of(
            "machine",
            detail.device(),
            "state",
            state(detail.device()),
            "enrolled",
            figures.day(detail.device().enrolledAt()),
            "seen",
            Figures.ago(detail.device().lastSeen(), call.now()),
            "key",
            key,
            "error",
            error,
            "done",
            done));
  }

  private Reply change(Call call) throws IOException {
    api.devices().change(call);
    return Sheets.to("/devices/" + call.path("id"));
  }

  /// The new key is shown this once.
  private Reply rotate(Call call) {
    return detail(call, 200, api.devices().rotate(call).key(), "", "");
  }

  private Reply revoke(Call call) {
    api.devices().revoke(call);
    return Sheets.to("/devices/" + call.path("id"));
  }

  private Reply reset(Call call) throws IOException {
    try {
      long deleted = api.administration().upkeep().resetDevice(call).deleted();
      return detail(
          call,
          200,
          "",
          "",
          (deleted == 1 ? "1 response is" : Figures.count(deleted) + " responses are") + " gone.");
    } catch (Problem problem) {
      if (problem.status() == 404) {
        throw problem;
      }
      return detail(call, problem.status(), "", problem.message(), "");
    }
  }
}
