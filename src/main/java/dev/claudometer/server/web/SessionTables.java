package dev.claudometer.server.web;

import dev.claudometer.server.api.SessionsApi.Detail;
import dev.claudometer.server.api.SessionsApi.OwnTotal;
import dev.claudometer.server.api.SessionsApi.Part;
import dev.claudometer.server.api.SessionsApi.Response;
import dev.claudometer.server.api.SessionsApi.Session;
import dev.claudometer.server.web.OverviewPage.Card;
import dev.claudometer.server.web.Table.Column;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What is told of one session.
record SessionTables(Detail detail, Figures figures) {

  List<Card> cards() {
    Session session = detail.session();
    List<Card> cards = new ArrayList<>();
    cards.add(new Card("Cost", figures.money(session.totals().cost()), ""));
    cards.add(new Card("Responses", Figures.count(session.totals().responses()), ""));
    cards.add(new Card("Begun", figures.time(session.first()), ""));
    cards.add(
        new Card("Duration", Figures.span(Duration.ofSeconds(session.durationSeconds())), ""));
    OwnTotal own = detail.ownTotal();
    if (own != null) {
      cards.add(
          new Card(
              "Claude Code’s own total",
              own.costKnown() ? figures.money(own.cost()) : "unknown",
              ""));
      cards.add(new Card("Lines added, removed", own.linesAdded() + ", " + own.linesRemoved(), ""));
    }
    return cards;
  }

  Table parts() {
    var columns = new ArrayList<Column>();
    columns.add(Column.text("model", "Model"));
    columns.add(Column.text("project", "Project"));
    columns.add(Column.text("branch", "Branch"));
    columns.add(Column.text("device", "Device"));
    columns.addAll(SumCells.columns());
    return Table.of(
        "parts", "Parts", columns, detail.parts().stream().map(this::part).toList(), "");
  }

  private List<Cell> part(Part part) {
    var row = new ArrayList<Cell>();
    row.add(Cell.name(part.model()));
    row.add(Cell.name(part.project().name()));
    row.add(Cell.name(part.branch()));
    row.add(Cell.name(part.device().name()));
    row.addAll(SumCells.of(part.totals(), figures));
    return row;
  }

  Table responses() {
    return Table.of(
        "responses",
        "Responses",
        List.of(
            Column.time("at", "At"),
            Column.text("model", "Model"),
            Column.number("inputTokens", "Input"),
            Column.number("outputTokens", "Output"),
            Column.number("cacheWriteTokens", "Cache write"),
            Column.number("cacheReadTokens", "Cache read"),
            Column.number("costUsd", "Cost"),
            Column.text("tools", "Tools"),
            Column.text("agent", "Subagent"),
            Column.text("stopReason", "Ended by"),
            Column.text("place", "Stands at")),
        detail.responses().stream().map(this::response).toList(),
        "The responses of this session are no longer kept: its sums are.");
  }

  private List<Cell> response(Response response) {
    String stop = response.stopReason();
    Cell cost =
        response.counted()
            ? Cell.money(figures, response.cost())
            : new Cell("a replay", null, "", List.of());
    return List.of(
        Cell.time(figures, response.at()),
        Cell.name(response.model()),
        Cell.count(response.input()),
        Cell.count(response.output()),
        Cell.count(response.cacheWrite5m() + response.cacheWrite1h()),
        Cell.count(response.cacheRead()),
        cost.with(response.why()),
        Cell.name(String.join(", ", response.tools())),
        Cell.name(response.agent()),
        Cell.name(stop == null ? "not finished" : stop),
        Cell.name(response.file() + ":" + response.offset()));
  }
}
