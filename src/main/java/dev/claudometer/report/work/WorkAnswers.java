package dev.claudometer.report.work;

import dev.claudometer.model.Work;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Slice;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageQueries;
import dev.claudometer.store.Where;
import dev.claudometer.store.WorkQueries.WorkUse;
import dev.claudometer.usage.Totals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What agents, skills and MCP servers used, as Claude Code names them on each response: newer
/// clients do. A response has one of each at most, so its cost is exact, and the rows of an answer
/// add up to all that was used.
public final class WorkAnswers {

  /// What only sums tell of: its responses are no longer kept.
  public static final String NO_LONGER_KEPT = "(no longer kept)";

  private final UsageQueries store;

  public WorkAnswers(UsageQueries store) {
    this.store = store;
  }

  /// Whose work is asked about.
  public enum Whose {
    AGENT("(conversation)"),
    SKILL("(no skill)"),
    MCP("(no server)");

    private final String none;

    Whose(String none) {
      this.none = none;
    }

    private String name(WorkUse use) {
      Work work = use.work();
      String named =
          switch (this) {
            case AGENT -> work.agent().isEmpty() && use.aside() ? "(not named)" : work.agent();
            case SKILL -> work.skill();
            case MCP -> work.mcpServer();
          };
      return named.isEmpty() ? none : named;
    }

    /// What stands for responses that were work of none.
    public String none() {
      return none;
    }
  }

  /// What one of them used.
  ///
  /// @param name as Claude Code calls it; in parentheses what it does not name
  public record Use(String name, Map<String, Totals> byModel) {

    public Totals totals() {
      return byModel.values().stream().reduce(Totals.ZERO, Totals::plus);
    }
  }

  /// By name.
  public List<Use> uses(Whose whose, TimeRange range, Where where) {
    Map<String, Map<String, Totals>> uses = new TreeMap<>();
    Map<String, Totals> rest = new HashMap<>();
    for (Slice all : store.sums(range, where, Set.of(Dimension.MODEL))) {
      rest.merge(all.model(), all.totals(), Totals::plus);
    }
    for (WorkUse use : store.workUse(range, where)) {
      uses.computeIfAbsent(whose.name(use), _ -> new TreeMap<>())
          .merge(use.model(), use.totals(), Totals::plus);
      rest.merge(use.model(), Totals.ZERO.minus(use.totals()), Totals::plus);
    }
    rest.values().removeIf(Totals.ZERO::equals);
    List<Use> answer = new ArrayList<>();
    uses.forEach((name, models) -> answer.add(new Use(name, models)));
    if (!rest.isEmpty()) {
      answer.add(new Use(NO_LONGER_KEPT, new TreeMap<>(rest)));
    }
    return answer;
  }
}
