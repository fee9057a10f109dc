package dev.claudometer.server.web;

import dev.claudometer.report.Money;
import dev.claudometer.report.session.SessionAnswers.Session;
import dev.claudometer.report.session.SessionDetail;
import dev.claudometer.report.session.SessionDetail.Agent;
import dev.claudometer.report.session.SessionDetail.Happening;
import dev.claudometer.report.session.SessionDetail.OwnTotal;
import dev.claudometer.report.session.SessionDetail.Part;
import dev.claudometer.server.web.OverviewPage.Card;
import dev.claudometer.server.web.table.Cell;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.ModelName;
import dev.claudometer.server.web.table.SumCells;
import dev.claudometer.server.web.table.Table;
import dev.claudometer.server.web.table.Table.Column;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What is told of one session.
record SessionTables(SessionDetail detail, Figures figures) {

  List<Card> cards() {
    Session session = detail.session();
    List<Card> cards = new ArrayList<>();
    Money cost = Money.of(session.whole());
    cards.add(
        cost.isUnknown() || cost.unpriced() == 0
            ? new Card("Cost", figures.cost(cost), "")
            : new Card(
                "Cost",
                figures.money(cost.known()),
                "+ " + Figures.count(cost.unpriced()) + " unpriced"));
    cards.add(new Card("Responses", Figures.count(session.totals().responses()), ""));
    cards.add(
        new Card("Duration", Figures.span(Duration.ofSeconds(session.durationSeconds())), ""));
    cards.add(new Card("Prompts", count("prompt"), ""));
    cards.add(new Card("Errors, retries", count("api_error") + ", " + count("api_retry"), ""));
    cards.add(new Card("Compactions", count("compaction"), ""));
    OwnTotal own = detail.ownTotal();
    if (own != null) {
      cards.add(new Card("Claude Code’s own total", figures.money(own.cost()), basis(own)));
      cards.add(new Card("Lines added, removed", own.linesAdded() + ", " + own.linesRemoved(), ""));
    }
    return cards;
  }

  private static String basis(OwnTotal own) {
    return own.costBasis().equals("unknown") ? "" : "at " + own.costBasis() + " prices";
  }

  private String count(String kind) {
    return Figures.count(
        detail.happenings().stream().map(Happening::kind).filter(kind::equals).count());
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
    row.add(Cell.model(ModelName.words(part.model()), part.model()));
    row.add(Cell.name(part.project().name()));
    row.add(Cell.name(part.branch()));
    row.add(Cell.name(part.device().name()));
    row.addAll(SumCells.of(part.totals(), figures));
    return row;
  }

  /// What each subagent used.
  Table agents() {
    var columns = new ArrayList<Column>();
    columns.add(Column.text("agent", "Subagent"));
    columns.addAll(SumCells.columns());
    return Table.of(
        "agents",
        "Conversation and subagents",
        columns,
        detail.agents().stream().map(this::agent).toList(),
        "The responses of this session are no longer kept: its sums are.");
  }

  private List<Cell> agent(Agent agent) {
    var row = new ArrayList<Cell>();
    row.add(
        agent.agent().isEmpty()
            ? Cell.name("the conversation").valued("")
            : Cell.name(agent.agent()));
    row.addAll(SumCells.of(agent.totals(), figures));
    return row;
  }

  Table tools() {
    return Table.of(
        "tools",
        "Tools",
        List.of(Column.text("tool", "Tool"), Column.number("calls", "Calls")),
        detail.tools().stream()
            .map(tool -> List.of(Cell.name(tool.tool()), Cell.count(tool.calls())))
            .toList(),
        "No tool was called.");
  }
}
