package dev.claudometer.server.web;

import dev.claudometer.model.Usd;
import dev.claudometer.report.Money;
import dev.claudometer.report.Named;
import dev.claudometer.report.PeopleUse;
import dev.claudometer.report.PersonUse;
import dev.claudometer.report.TeamSums;
import dev.claudometer.report.TeamSums.TeamSum;
import dev.claudometer.server.api.Api;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.web.frame.Picker;
import dev.claudometer.server.web.frame.Reports;
import dev.claudometer.server.web.frame.Sheets;
import dev.claudometer.server.web.table.Address;
import dev.claudometer.server.web.table.Cell;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.SignedAmounts;
import dev.claudometer.server.web.table.SumCells;
import dev.claudometer.server.web.table.Table;
import dev.claudometer.server.web.table.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

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
    Picker picker = Picker.of(call, people.from(), people.to(), people.timeZone());
    return reports.page(
        call,
        "People",
        "/people-usage",
        "report",
        List.of(
            used(people, figures, picker.about()),
            ClientWorkTable.of(api.clients().work(call), picker.about()),
            teamsOnly(call) ? teams(call, figures) : unowned(people)),
        Map.of(
            "intro",
            "A person is who owns a device. The change is against "
                + figures.days(people.previousFrom(), people.previousTo())
                + ". "
                + (teamsOnly(call) ? "Of others only teams are told. " : "")
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

  private static Table used(PeopleUse people, Figures figures, Address about) {
    long all =
        people.people().stream()
            .mapToLong(use -> use.totals().reportedElseCalculated().nanos())
            .sum();
    return Table.of(
        "people",
        "Cost by person",
        List.of(
            Column.text("person", "Person"),
            Column.number("costUsd", "Cost"),
            Column.number("changeUsd", "Change"),
            Column.number("previousUsd", "Before"),
            Column.number("share", "Share"),
            Column.number("sessions", "Sessions"),
            Column.number("activeDays", "Active days"),
            Column.number("responses", "Responses"),
            Column.time("lastSeen", "Last seen"),
            Column.text("devices", "Devices"),
            Column.inFiles("unpriced")),
        people.people().stream().map(use -> row(use, all, figures, about)).toList(),
        "Nobody has used anything yet, and no device is enrolled.");
  }

  private static List<Cell> row(PersonUse use, long all, Figures figures, Address about) {
    Usd now = use.totals().reportedElseCalculated();
    Usd before = use.previous().reportedElseCalculated();
    Cell name =
        use.name().isEmpty()
            ? Cell.name("no owner").valued("")
            : Cell.name(use.name()).to(about.at("/person").with("person", use.name()).text());
    return List.of(
        name,
        Cell.cost(figures, Money.of(use.totals())),
        known(use)
            ? new Cell(
                new SignedAmounts(figures).signed(now.minus(before)),
                now.minus(before).dollars(),
                "",
                List.of())
            : Cell.unknown(),
        Cell.cost(figures, Money.of(use.previous())),
        share(now.nanos(), all),
        Cell.count(use.sessions()),
        Cell.count(use.activeDays()),
        Cell.count(use.totals().responses()),
        Cell.time(figures, use.lastSeen()),
        Cell.name(use.devices().stream().map(Named::name).collect(Collectors.joining(", "))),
        Cell.count(use.totals().unpriced()));
  }

  private static boolean known(PersonUse use) {
    return !Money.of(use.totals()).isUnknown() && !Money.of(use.previous()).isUnknown();
  }

  private static Cell share(long part, long all) {
    double share = all == 0 ? 0 : (double) part / all;
    return new Cell(String.format(Locale.ROOT, "%.1f %%", share * 100), share, "", List.of());
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
