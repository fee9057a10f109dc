package dev.claudometer.server.web.table;

import dev.claudometer.model.Usd;
import dev.claudometer.report.Money;
import dev.claudometer.report.session.SessionDetail.Agent;
import dev.claudometer.report.session.SessionDetail.Part;
import dev.claudometer.report.session.SessionStory;
import dev.claudometer.report.session.SessionStory.ModelCost;
import dev.claudometer.report.session.SessionStory.Stretch;
import dev.claudometer.report.session.SessionStory.ToolCost;
import dev.claudometer.server.web.table.Table.Column;
import dev.claudometer.usage.Totals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a session's responses come to.
///
/// @param here the session's page
public record StoryTables(SessionStory story, Figures figures, Address here) {

  private static final Set<String> BRIEF = Set.of("costUsd", "responses");

  private static final String GONE =
      "The responses of this session are no longer kept: its sums are.";

  public Table models() {
    Map<String, Totals> models =
        story.detail().parts().stream()
            .collect(Collectors.toMap(Part::model, Part::totals, Totals::plus, TreeMap::new));
    return uses(
        "models", "By model", Column.text("model", "Model"), models, ModelName.of(models.keySet()));
  }

  /// The conversation itself has no name.
  public Table agents() {
    Map<String, Totals> agents =
        story.detail().agents().stream()
            .collect(Collectors.toMap(Agent::agent, Agent::totals, Totals::plus, TreeMap::new));
    return uses(
        "agents",
        "By subagent",
        Column.text("agent", "Subagent"),
        agents,
        Map.of("", "the conversation"));
  }

  /// The most expensive first; files have all sums.
  ///
  /// @param names of those that are not called by their key
  private Table uses(
      String id, String caption, Column name, Map<String, Totals> uses, Map<String, String> names) {
    long largest = uses.values().stream().mapToLong(StoryTables::nanos).max().orElse(0);
    return Table.of(
        id,
        caption,
        Stream.concat(
                Stream.of(name),
                Stream.concat(
                    SumCells.columns().stream().map(StoryTables::brief),
                    Stream.of(Column.bar("bar", "Share"))))
            .toList(),
        uses.entrySet().stream()
            .sorted(
                Comparator.comparingLong((Map.Entry<String, Totals> use) -> nanos(use.getValue()))
                    .reversed())
            .map(use -> row(use.getKey(), use.getValue(), largest, names.get(use.getKey())))
            .toList(),
        GONE);
  }

  private static long nanos(Totals totals) {
    return totals.reportedElseCalculated().nanos();
  }

  private static Column brief(Column column) {
    return BRIEF.contains(column.key()) ? column : Column.inFiles(column.key());
  }

  private List<Cell> row(String key, Totals totals, long largest, @Nullable String name) {
    return Stream.of(
            Stream.of(name == null ? Cell.name(key) : Cell.model(name, key)),
            SumCells.of(totals, figures).stream().map(Cell::alone),
            Stream.of(Cell.bar(nanos(totals), largest)))
        .flatMap(cells -> cells)
        .toList();
  }

  /// A response that called several tools is in each of them.
  public Table tools() {
    long largest = story.tools().stream().mapToLong(StoryTables::nanos).max().orElse(0);
    return Table.of(
        "tools",
        "By tool called",
        List.of(
            Column.text("tool", "Tool"),
            Column.number("costUsd", "Cost"),
            Column.number("responses", "Responses"),
            Column.bar("bar", "Share"),
            Column.inFiles("unpriced")),
        story.tools().stream()
            .map(
                tool ->
                    List.of(
                        Cell.name(tool.tool()),
                        Cell.cost(figures, new Money(tool.cost(), tool.unpriced())).alone(),
                        Cell.count(tool.responses()),
                        Cell.bar(nanos(tool), largest),
                        Cell.count(tool.unpriced())))
            .toList(),
        "No tool was called.");
  }

  private static long nanos(ToolCost tool) {
    return tool.cost() == null ? 0 : tool.cost().nanos();
  }

  /// Cost over the whole session, of each model; a stretch leads to its moments.
  public Table costs() {
    List<String> models =
        story.stretches().stream()
            .flatMap(stretch -> stretch.models().stream())
            .map(ModelCost::model)
            .distinct()
            .sorted()
            .toList();
    List<Column> columns = new ArrayList<>();
    columns.add(Column.time("at", "From"));
    ModelName.of(models).forEach((id, name) -> columns.add(Column.number(id, name)));
    columns.add(Column.inFiles("compactions"));
    return Table.of(
            "cost",
            "Cost over the session, in " + figures.currency(),
            columns,
            story.stretches().stream().map(stretch -> row(stretch, models)).toList(),
            GONE)
        .drawn(Table.Drawing.BARS);
  }

  private List<Cell> row(Stretch stretch, List<String> models) {
    List<Cell> row = new ArrayList<>();
    row.add(
        Cell.second(figures, stretch.from())
            .to(
                here.without("only", "sort").with("skip", String.valueOf(stretch.skip())).text()
                    + "#timeline"));
    for (String model : models) {
      row.add(
          stretch.models().stream()
              .filter(each -> each.model().equals(model))
              .findFirst()
              .map(each -> Cell.cost(figures, new Money(each.cost(), each.unpriced())))
              .orElse(Cell.money(figures, Usd.ZERO)));
    }
    row.add(Cell.count(stretch.compactions()));
    return row;
  }
}
