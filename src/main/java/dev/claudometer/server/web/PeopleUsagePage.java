package dev.claudometer.server.web;

import dev.claudometer.report.PeopleUse;
import dev.claudometer.report.TeamSums;
import dev.claudometer.report.TeamSums.TeamSum;
import dev.claudometer.report.work.ClientAnswers.By;
import dev.claudometer.server.api.Api;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.web.frame.Picker;
import dev.claudometer.server.web.frame.Reports;
import dev.claudometer.server.web.frame.Sheets;
import dev.claudometer.server.web.table.Cell;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.SumCells;
import dev.claudometer.server.web.table.Table;
import dev.claudometer.server.web.table.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Who used what.
final class PeopleUsagePage {

  private final Reports reports;
  private final Api api;

  PeopleUsagePage(Sheets sheets, Api api) {
    reports = new Reports(sheets);
    this.api = api;
  }

  List<Route> routes() {
    return List.of(Route.page("/people-usage", Access.VIEWER, "What people used", this::show));
  }

  private Reply show(Call call) {
    PeopleUse people = api.usage().people(call);
    Figures figures = Figures.of(api.settings()).at(people.timeZone());
    Picker picker =
        Picker.of(call, people.from(), people.to(), people.timeZone(), api.settings().beginnings());
    var spending = new PeopleTable(people, figures);
    return reports.page(
        call,
        "People",
        "/people-usage",
        "report",
        List.of(
            spending.table(picker.about()),
            new ClientWorkTable(picker.about()).people(api.clients().work(call, By.PERSON)),
            teamsOnly(call) ? teams(call, figures) : unowned(people)),
        Map.of(
            "cards",
            teamsOnly(call) ? List.of() : spending.cards(),
            "intro",
            "A person is who owns a device. The change is against "
                + figures.days(people.previousFrom(), people.previousTo())
                + ". "
                + (teamsOnly(call) ? "Of others only the sums of teams are shown. " : "")
                + figures.rateNote(),
            "picker",
            picker));
  }

  /// Whether the reader is told of nobody else.
  private static boolean teamsOnly(Call call) {
    return call.scope().devices() != null && call.scope().teams();
  }

  private Table teams(Call call, Figures figures) {
    TeamSums sums = api.usage().teams(call);
    var columns = new ArrayList<Column>();
    columns.add(Column.text("team", "Team"));
    columns.add(Column.number("people", "People"));
    columns.addAll(SumCells.columns());
    String few = "fewer than " + sums.fewest() + " people used something";
    return Table.of(
        "teams",
        sums.withheld() == 0
            ? "Cost by team"
            : "Cost by team, without " + sums.withheld() + " of which " + few,
        columns,
        sums.teams().stream().map(sum -> team(sum, figures)).toList(),
        "Of every team " + few + " in this period: choose a longer one.");
  }

  private static List<Cell> team(TeamSum sum, Figures figures) {
    var row = new ArrayList<Cell>();
    row.add(sum.team().isEmpty() ? Cell.name("in no team").valued("") : Cell.name(sum.team()));
    row.add(Cell.count(sum.people()));
    row.addAll(SumCells.of(sum.totals(), figures));
    return row;
  }

  private static Table unowned(PeopleUse people) {
    return Table.of(
        "unowned",
        "Devices without an owner",
        List.of(Column.text("device", "Device")),
        people.people().stream()
            .filter(use -> use.name().isEmpty())
            .flatMap(use -> use.devices().stream())
            .map(device -> List.of(Cell.name(device.name()).to("/devices/" + device.key())))
            .toList(),
        "None: every device has an owner.");
  }
}
