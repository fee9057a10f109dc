package dev.claudometer.server.web;

import static java.time.ZoneOffset.UTC;

import dev.claudometer.model.Usd;
import dev.claudometer.reconcile.CauseDetail;
import dev.claudometer.reconcile.DifferenceCause;
import dev.claudometer.reconcile.lines.CauseLines;
import dev.claudometer.reconcile.lines.CauseLines.BilledLine;
import dev.claudometer.reconcile.lines.CauseLines.CountedResponse;
import dev.claudometer.reconcile.lines.CauseLines.ToldLine;
import dev.claudometer.server.api.Api;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.web.frame.Reports;
import dev.claudometer.server.web.frame.Sheets;
import dev.claudometer.server.web.table.Address;
import dev.claudometer.server.web.table.Cell;
import dev.claudometer.server.web.table.Escaped;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.SignedAmounts;
import dev.claudometer.server.web.table.Table;
import dev.claudometer.server.web.table.Table.Column;
import java.util.List;
import java.util.Map;

/// A cause of the difference between what was counted and what was billed: its days and models, and
/// what it is made of on one of them.
final class CausePage {

  private static final String MORE =
      " There are more of these lines than the 1,000 that are shown.";

  private final Reports reports;
  private final Api api;

  CausePage(Sheets sheets, Api api) {
    reports = new Reports(sheets);
    this.api = api;
  }

  List<Route> routes() {
    return List.of(
        Route.page(
            "/organization/cause",
            Access.FINANCE,
            "A cause of a bill's difference, down to what it is made of",
            this::show));
  }

  private Reply show(Call call) {
    Figures figures = Figures.of(api.settings()).at(UTC);
    DifferenceCause cause = call.choice("cause", DifferenceCause.class, DifferenceCause.UNKNOWN);
    return call.query("day") == null
        ? days(call, api.reconcile().cause(call, cause), figures)
        : lines(call, api.reconcile().lines(call, cause), figures);
  }

  private Reply days(Call call, CauseDetail detail, Figures figures) {
    Address here = Address.of(call.uri());
    return reports.page(
        call,
        detail.title() + ": " + new SignedAmounts(figures).signed(detail.cost()),
        "/organization",
        "report",
        List.of(
            Table.of(
                "cause",
                "By UTC day and model",
                List.of(
                    Column.text("day", "Day (UTC)"),
                    Column.text("model", "Model"),
                    Column.number("costUsd", "Amount"),
                    Column.number("countedUsd", "Counted"),
                    Column.optional("toldUsd", "Used, at list prices"),
                    Column.optional("billedUsd", "Billed"),
                    Column.text("of", "What it is of")),
                detail.cells().reversed().stream().map(cell -> row(cell, here, figures)).toList(),
                "Nothing of this cause is in these days.")),
        Map.of("intro", detail.known() + " " + detail.todo()));
  }

  private static List<Cell> row(CauseDetail.Cell cell, Address here, Figures figures) {
    return List.of(
        Cell.name(cell.day()).to(here.with("day", cell.day()).text()),
        Cell.name(cell.model().isEmpty() ? "(no model)" : cell.model()),
        signed(cell.cost(), figures),
        Cell.money(figures, cell.countedCost()),
        Cell.money(figures, cell.toldCost()),
        Cell.money(figures, cell.billedCost()),
        Cell.name(String.join(", ", cell.of())));
  }

  private static Cell signed(Usd amount, Figures figures) {
    return new Cell(new SignedAmounts(figures).signed(amount), amount.dollars(), "", List.of());
  }

  private Reply lines(Call call, CauseLines lines, Figures figures) {
    return reports.page(
        call,
        lines.title() + ", " + Escaped.name(lines.day()),
        "/organization",
        "report",
        List.of(
            Table.of(
                "responses",
                "Responses that were counted",
                List.of(
                    Column.time("at", "At (UTC)"),
                    Column.text("machine", "Machine"),
                    Column.text("session", "Session"),
                    Column.text("model", "Model"),
                    Column.number("input", "Input"),
                    Column.number("output", "Output"),
                    Column.number("cacheWrite", "Cache write"),
                    Column.number("cacheRead", "Cache read"),
                    Column.number("costUsd", "Cost"),
                    Column.inFiles("message")),
                lines.responses().stream().map(each -> response(each, figures)).toList(),
                "None."),
            Table.of(
                "uses",
                "Lines of Anthropic’s usage report",
                List.of(
                    Column.time("at", "At (UTC)"),
                    Column.text("holder", "Key or account"),
                    Column.text("model", "Model"),
                    Column.text("tier", "Tier"),
                    Column.text("region", "Region"),
                    Column.number("input", "Input"),
                    Column.number("output", "Output"),
                    Column.number("cacheWrite", "Cache write"),
                    Column.number("cacheRead", "Cache read")),
                lines.uses().stream().map(each -> use(each, figures)).toList(),
                "None."),
            Table.of(
                "charges",
                "Lines of Anthropic’s cost report",
                List.of(
                    Column.text("description", "Billed for"),
                    Column.text("type", "Kind"),
                    Column.text("workspace", "Workspace"),
                    Column.text("model", "Model"),
                    Column.number("costUsd", "Amount")),
                lines.charges().stream().map(each -> charge(each, figures)).toList(),
                "None.")),
        Map.of(
            "intro", "What this cause is made of on that UTC day." + (lines.more() ? MORE : "")));
  }

  private static List<Cell> response(CountedResponse each, Figures figures) {
    return List.of(
        Cell.time(figures, each.at()),
        Cell.name(each.machine().isEmpty() ? "this machine" : each.machine()),
        Cell.name(each.session())
            .to(new Address("/session", List.of()).with("id", each.session()).text()),
        Cell.name(each.model()),
        Cell.count(each.input()),
        Cell.count(each.output()),
        Cell.count(each.cacheWrite()),
        Cell.count(each.cacheRead()),
        Cell.money(figures, each.cost()),
        Cell.name(each.message()));
  }

  private static List<Cell> use(ToldLine each, Figures figures) {
    return List.of(
        Cell.time(figures, each.at()),
        Cell.name(each.holder()),
        Cell.name(each.model()),
        Cell.name(each.tier()),
        Cell.name(each.region()),
        Cell.count(each.input()),
        Cell.count(each.output()),
        Cell.count(each.cacheWrite()),
        Cell.count(each.cacheRead()));
  }

  private static List<Cell> charge(BilledLine each, Figures figures) {
    return List.of(
        Cell.name(each.description()),
        Cell.name(each.type()),
        Cell.name(each.workspace()),
        Cell.name(each.model()),
        Cell.money(figures, each.cost()));
  }
}
