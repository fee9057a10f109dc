package dev.claudometer.server.web;

import dev.claudometer.report.Split;
import dev.claudometer.report.UsageAnswers.Shares;
import dev.claudometer.server.api.Api;
import dev.claudometer.server.api.PricesApi.Prices;
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
import dev.claudometer.server.web.table.PriceTable;
import dev.claudometer.server.web.table.ShareTable;
import dev.claudometer.server.web.table.Table;
import dev.claudometer.server.web.table.Table.Column;
import java.util.List;
import java.util.Map;

/// What projects, branches and models used, and the prices of models.
final class UsagePages {

  private final Reports reports;
  private final Api api;

  UsagePages(Sheets sheets, Api api) {
    reports = new Reports(sheets);
    this.api = api;
  }

  List<Route> routes() {
    return List.of(
        Route.page("/projects", Access.VIEWER, "What projects used", this::projects),
        Route.page("/models", Access.VIEWER, "What models used, and their prices", this::models));
  }

  private Reply projects(Call call) {
    Figures figures = Figures.of(api.settings());
    Shares projects = api.usage().shares(call, Split.PROJECT);
    Address about = picker(call, projects).about();
    Shares branches = api.usage().shares(call, Split.BRANCH);
    Shares teams = api.usage().shares(call, Split.TEAM);
    Shares people = api.usage().shares(call, Split.PERSON);
    return page(
        call,
        "Projects",
        "/projects",
        figures,
        projects,
        List.of(
            new ShareTable("projects", "Projects", "project", projects.shares(), figures, about)
                .table(),
            new ShareTable("branches", "Branches", "branch", branches.shares(), figures, about)
                .table(),
            new ShareTable("people", "People", "person", people.shares(), figures, about).table(),
            new ShareTable("teams", "Teams", "team", teams.shares(), figures, about).table()));
  }

  private Reply models(Call call) {
    Figures figures = Figures.of(api.settings());
    Shares models = api.usage().shares(call, Split.MODEL);
    Address about = picker(call, models).about();
    Prices prices = api.prices().prices(call);
    return page(
        call,
        "Models",
        "/models",
        figures,
        models,
        List.of(
            new ShareTable("models", "Models", "model", models.shares(), figures, about).table(),
            unpriced(prices),
            PriceTable.of(prices)));
  }

  private Reply page(
      Call call, String title, String address, Figures figures, Shares shares, List<Table> tables) {
    return reports.page(
        call,
        title,
        address,
        "report",
        tables,
        Map.of("intro", figures.rateNote(), "picker", picker(call, shares)));
  }

  private Picker picker(Call call, Shares shares) {
    return Picker.of(
        call, shares.from(), shares.to(), shares.timeZone(), api.settings().beginnings());
  }

  private static Table unpriced(Prices prices) {
    return Table.of(
        "unpriced",
        "Used, and without a price",
        List.of(Column.text("model", "Model")),
        prices.unpriced().stream().map(model -> List.of(Cell.name(model))).toList(),
        "None: every model that was used has a price.");
  }
}
