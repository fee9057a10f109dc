package dev.claudometer.server.web;

import dev.claudometer.model.CreditReading;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.Usd;
import dev.claudometer.server.api.Api;
import dev.claudometer.server.api.StateApi.Credit;
import dev.claudometer.server.api.StateApi.Limit;
import dev.claudometer.server.api.StateApi.Limits;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.web.frame.Reports;
import dev.claudometer.server.web.frame.Sheets;
import dev.claudometer.server.web.table.Cell;
import dev.claudometer.server.web.table.Escaped;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.Table;
import dev.claudometer.server.web.table.Table.Column;
import dev.claudometer.server.web.table.WindowHistory;
import dev.claudometer.server.web.table.WindowTable;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How full plan windows are, were and will be, and what is left of credits.
public final class LimitsPage {

  private static final String FORECAST =
      "“Full at” is when nothing is left if it goes on as in the readings of this window, where"
          + " that is before the window resets.";

  private final Reports reports;
  private final Api api;

  LimitsPage(Sheets sheets, Api api) {
    reports = new Reports(sheets);
    this.api = api;
  }

  /// How far back the history goes.
  public record Span(String name, int days, boolean chosen) {}

  /// A device whose history can be shown.
  public record Choice(String id, String name, boolean chosen) {}

  List<Route> routes() {
    return List.of(Route.page("/limits", Access.VIEWER, "How full plan windows are", this::show));
  }

  private Reply show(Call call) {
    Figures figures = Figures.of(api.settings());
    Limits limits = api.state().limits(call);
    DeviceId device = device(call, limits.limits());
    int days = days(call);
    List<String> windows =
        limits.limits().stream()
            .filter(limit -> limit.device().equals(device))
            .map(Limit::window)
            .toList();
    List<Table> tables =
        List.of(
            new WindowTable(figures, call.now()).all(api.state(), limits.limits()),
            new WindowHistory(figures, call.now(), Duration.ofDays(days))
                .table(windows, (window, from) -> api.state().history(device, window, from)),
            credits(limits.credits(), figures));
    return reports.page(
        call,
        "Limits",
        "/limits",
        "limits",
        tables,
        Map.of(
            "intro",
            FORECAST,
            "spans",
            List.of(
                new Span("A day", 1, days == 1),
                new Span("7 days", 7, days == 7),
                new Span("30 days", 30, days == 30)),
            "devices",
            choices(limits.limits(), device)));
  }

  private static int days(Call call) {
    String days = call.query("days");
    if (days == null) {
      return 1;
    }
    if (!days.matches("1|7|30")) {
      throw Problem.of(422, "'days' has to be 1, 7 or 30");
    }
    return Integer.parseInt(days);
  }

  /// Whose history is shown: the one that is asked for, else the one that was read last.
  private static DeviceId device(Call call, List<Limit> limits) {
    String asked = call.query("device");
    return asked != null
        ? new DeviceId(asked)
        : limits.stream()
            .max(Comparator.comparing(Limit::at))
            .map(Limit::device)
            .orElse(DeviceId.THIS);
  }

  private static List<Choice> choices(List<Limit> limits, DeviceId chosen) {
    Map<DeviceId, String> devices = new LinkedHashMap<>();
    limits.forEach(limit -> devices.put(limit.device(), limit.name()));
    return devices.entrySet().stream()
        .map(
            device ->
                new Choice(
                    device.getKey().text(),
                    Escaped.name(device.getValue()),
                    device.getKey().equals(chosen)))
        .toList();
  }

  private static Table credits(List<Credit> credits, Figures figures) {
    return Table.of(
        "credits",
        "Credits",
        List.of(
            Column.text("device", "Device"),
            Column.text("account", "Account"),
            Column.number("usedUsd", "Used"),
            Column.number("limitUsd", "Limit"),
            Column.number("remainingUsd", "Left"),
            Column.time("at", "Last read")),
        credits.stream().map(credit -> credit(credit, figures)).toList(),
        "No account with credits is asked for.");
  }

  private static List<Cell> credit(Credit credit, Figures figures) {
    return List.of(
        Cell.name(credit.name()),
        Cell.name(credit.account()),
        money(figures, credit.used(), credit),
        credit.limit() == null ? Cell.name("") : money(figures, credit.limit(), credit),
        credit.remaining() == null ? Cell.name("") : money(figures, credit.remaining(), credit),
        new Cell(
            Figures.span(Duration.ofSeconds(credit.ageSeconds())) + " ago",
            credit.at().toString(),
            "",
            List.of()));
  }

  /// An amount in another currency has its name.
  private static Cell money(Figures figures, Usd amount, Credit credit) {
    return credit.currency().equals(CreditReading.DOLLARS)
        ? Cell.money(figures, amount)
        : Cell.name(credit.currency() + " " + amount.dollars().toPlainString());
  }
}
