package dev.claudometer.server.web;

import dev.claudometer.report.BranchAnswers.BranchUse;
import dev.claudometer.report.BranchAnswers.Branches;
import dev.claudometer.report.BranchAnswers.PullRequestUse;
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
import dev.claudometer.server.web.table.RowsOnDemand;
import dev.claudometer.server.web.table.SumCells;
import dev.claudometer.server.web.table.Table;
import dev.claudometer.server.web.table.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What branches and pull requests cost.
final class BranchPage {

  private static final String INTRO =
      "A pull request has all that the sessions used in which Claude Code linked it, whenever they"
          + " did: a session with several is in each of them, so do not add them up.";

  private final Reports reports;
  private final Api api;

  BranchPage(Sheets sheets, Api api) {
    reports = new Reports(sheets);
    this.api = api;
  }

  List<Route> routes() {
    return List.of(
        Route.page("/branches", Access.VIEWER, "What branches and pull requests cost", this::show));
  }

  private Reply show(Call call) {
    Figures figures = Figures.of(api.settings());
    Branches found = api.branches().branches(call);
    Picker picker =
        Picker.of(call, found.from(), found.to(), found.timeZone(), api.settings().beginnings());
    Address about = picker.about();
    List<Column> columns = new ArrayList<>();
    columns.add(Column.text("branch", "Branch"));
    columns.add(Column.text("project", "Project"));
    columns.add(Column.number("sessions", "Sessions"));
    columns.addAll(SumCells.columns(found.branches().stream().map(BranchUse::totals)));
    Table branches =
        Table.of(
            "branches",
            "Branches",
            columns,
            new RowsOnDemand<>(found.branches(), use -> branch(use, figures, about)),
            "Nothing was used in this period: choose a longer one.");
    return reports.page(
        call,
        "Branches and pull requests",
        "/branches",
        "report",
        List.of(branches, pullRequests(found, figures, about)),
        Map.of("intro", INTRO, "picker", picker));
  }

  private static List<Cell> branch(BranchUse use, Figures figures, Address about) {
    List<Cell> row = new ArrayList<>();
    row.add(
        use.branch().isEmpty()
            ? Cell.name("")
            : Cell.name(use.branch())
                .to(
                    about
                        .at("/branch")
                        .with("project", use.project().text())
                        .with("branch", use.branch())
                        .text()));
    row.add(project(use.project().text(), use.name(), about));
    row.add(Cell.count(use.sessions()));
    row.addAll(SumCells.of(use.totals(), figures));
    return row;
  }

  private static Cell project(String key, String name, Address about) {
    Cell cell = Cell.name(name).valued(key);
    return key.isEmpty() ? cell : cell.to(about.at("/project").with("project", key).text());
  }

  private static Table pullRequests(Branches found, Figures figures, Address about) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.text("pullRequest", "Pull request"));
    columns.add(Column.text("project", "Project"));
    columns.add(Column.time("at", "Linked"));
    columns.add(Column.number("sessions", "Sessions"));
    columns.addAll(SumCells.columns(found.pullRequests().stream().map(PullRequestUse::totals)));
    return Table.of(
        "pull-requests",
        "Pull requests",
        columns,
        new RowsOnDemand<>(found.pullRequests(), use -> pullRequest(use, figures, about)),
        "None was linked in this period: Claude Code notes it when it makes a pull request.");
  }

  private static List<Cell> pullRequest(PullRequestUse use, Figures figures, Address about) {
    List<Cell> row = new ArrayList<>();
    row.add(Cell.name(use.pullRequest()));
    row.add(project(use.project().text(), use.name(), about));
    row.add(Cell.time(figures, use.at()));
    row.add(Cell.count(use.sessions()));
    row.addAll(SumCells.of(use.totals(), figures));
    return row;
  }
}
