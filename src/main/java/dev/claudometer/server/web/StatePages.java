package dev.claudometer.server.web;

import dev.claudometer.server.api.Api;
import dev.claudometer.server.api.Call;
import dev.claudometer.server.api.Reply;
import dev.claudometer.server.api.Route;
import dev.claudometer.server.api.StateApi.Credit;
import dev.claudometer.server.api.StateApi.DataQuality;
import dev.claudometer.server.api.StateApi.DeviceQuality;
import dev.claudometer.server.api.StateApi.Limit;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.web.OverviewPage.Card;
import dev.claudometer.server.web.Table.Column;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How full plan windows are, and what could not be read or priced.
final class StatePages {

  private final Reports reports;
  private final Api api;

  StatePages(Sheets sheets, Api api) {
    reports = new Reports(sheets);
    this.api = api;
  }

  List<Route> routes() {
    return List.of(
        Route.page("/limits", Access.VIEWER, "How full plan windows are", this::limits),
        Route.page("/quality", Access.VIEWER, "What could not be read or priced", this::quality));
  }

  private Reply limits(Call call) {
    Figures figures = Figures.of(api.settings());
    var limits = api.state().limits(call);
    Table windows =
        Table.of(
            "windows",
            "Plan windows",
            List.of(
                Column.text("device", "Device"),
                Column.text("window", "Window"),
                Column.number("utilization", "Used"),
                Column.time("resetsAt", "Begins anew"),
                Column.time("at", "Read"),
                Column.text("origin", "From")),
            limits.limits().stream().map(limit -> window(limit, figures)).toList(),
            "No window is known yet: they come with the status line of Claude Code, once an agent"
                + " runs.");
    Table credits =
        Table.of(
            "credits",
            "Credits",
            List.of(
                Column.text("device", "Device"),
                Column.text("account", "Account"),
                Column.number("usedUsd", "Used"),
                Column.number("limitUsd", "Limit"),
                Column.number("remainingUsd", "Left"),
                Column.time("at", "Read")),
            limits.credits().stream().map(credit -> credit(credit, figures)).toList(),
            "No account with credits is asked for.");
    return reports.page(
        call, "Limits", "/limits", "report", List.of(windows, credits), Map.of("intro", ""));
  }

  private static List<Cell> window(Limit limit, Figures figures) {
    Double used = limit.utilization();
    return List.of(
        Cell.name(limit.name()),
        Cell.name(limit.window()),
        new Cell(
            used == null
                ? "begun anew, not read since"
                : String.format(Locale.ROOT, "%.1f %%", used * 100),
            used,
            "",
            List.of()),
        limit.resetsAt() == null ? Cell.name("") : Cell.time(figures, limit.resetsAt()),
        age(limit.ageSeconds(), limit.at().toString()),
        Cell.name(limit.origin()));
  }

  private static Cell age(long seconds, String at) {
    return new Cell(Figures.span(Duration.ofSeconds(seconds)) + " ago", at, "", List.of());
  }

  private static List<Cell> credit(Credit credit, Figures figures) {
    return List.of(
        Cell.name(credit.name()),
        Cell.name(credit.account()),
        Cell.money(figures, credit.used()),
        credit.limit() == null ? Cell.name("") : Cell.money(figures, credit.limit()),
        credit.remaining() == null ? Cell.name("") : Cell.money(figures, credit.remaining()),
        age(credit.ageSeconds(), credit.at().toString()));
  }

  private Reply quality(Call call) {
    DataQuality quality = api.state().quality(call);
    Table devices =
        Table.of(
            "quality",
            "Transcripts by device",
            List.of(
                Column.text("device", "Device"),
                Column.number("files", "Files"),
                Column.number("damagedLines", "Damaged lines"),
                Column.number("damagedBytes", "Their bytes"),
                Column.number("recovered", "Recovered records")),
            quality.devices().stream().map(StatePages::device).toList(),
            "No transcript has been read yet.");
    return reports.page(
        call,
        "Data quality",
        "/quality",
        "report",
        List.of(devices),
        Map.of(
            "intro",
            "Unfinalised responses are those whose last line, with the final count, was never"
                + " written; unpriced ones are of models without a known price.",
            "cards",
            List.of(
                new Card("Responses", Figures.count(quality.responses()), ""),
                new Card("Unfinalised", share(quality.unfinalised(), quality), ""),
                new Card("Unpriced", share(quality.unpriced(), quality), ""))));
  }

  private static String share(long part, DataQuality quality) {
    return quality.responses() == 0
        ? Figures.count(part)
        : String.format(Locale.ROOT, "%,d (%.1f %%)", part, 100.0 * part / quality.responses());
  }

  private static List<Cell> device(DeviceQuality device) {
    return List.of(
        Cell.name(device.name()),
        Cell.count(device.files()),
        Cell.count(device.damagedLines()),
        Cell.count(device.damagedBytes()),
        Cell.count(device.recovered()));
  }
}
