package dev.claudometer.cli.usage;

import dev.claudometer.app.LocalData;
import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.options.PrintsJson;
import dev.claudometer.cli.options.ReportOptions;
import dev.claudometer.cli.text.CallsReport;
import dev.claudometer.cli.text.UsageReport;
import dev.claudometer.cli.text.UsageRow;
import dev.claudometer.model.ProjectName;
import dev.claudometer.report.KnownMachines;
import dev.claudometer.report.Money;
import dev.claudometer.report.work.CallCounts;
import dev.claudometer.report.work.ClientAnswers;
import dev.claudometer.report.work.ClientWork;
import dev.claudometer.report.work.WorkAnswers;
import dev.claudometer.report.work.WorkAnswers.Use;
import dev.claudometer.report.work.WorkAnswers.Whose;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Slice;
import dev.claudometer.store.TimeRange;
import dev.claudometer.usage.Totals;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `branches`, `agents`, `skills`, `tools` and `mcp`: what the work was for, and what did it.
public abstract class WorkReport implements Callable<Integer>, PrintsJson {

  private final Surroundings surroundings;

  @Mixin ReportOptions options = new ReportOptions();

  WorkReport(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  abstract void print(Surroundings surroundings, LocalData data, TimeRange range);

  @Override
  public void printJson() {
    options.form.json = true;
  }

  @Override
  public Integer call() {
    ZoneId zone = options.zone(surroundings);
    TimeRange range = options.range(zone, surroundings);
    options.output(surroundings);
    return LocalData.use(
        surroundings,
        options.home.homes,
        data -> {
          print(surroundings, data, range);
          return Exit.DONE;
        });
  }

  /// Each response has one branch, so its cost is exact.
  @Command(
      name = "branches",
      description = "Usage by Git branch, most expensive first.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  public static final class Branches extends WorkReport {

    public Branches(Surroundings surroundings) {
      super(surroundings);
    }

    private record Place(ProjectName project, String branch) {}

    @Override
    void print(Surroundings surroundings, LocalData data, TimeRange range) {
      var sums = new HashMap<Place, Map<String, Totals>>();
      var by = EnumSet.of(Dimension.PROJECT, Dimension.BRANCH, Dimension.MODEL);
      for (Slice slice : data.store().sums(range, RowReport.where(data, options, range), by)) {
        sums.computeIfAbsent(new Place(slice.project(), slice.branch()), _ -> new TreeMap<>())
            .merge(slice.model(), slice.totals(), Totals::plus);
      }
      List<UsageRow> rows = new ArrayList<>();
      sums.forEach(
          (place, models) ->
              rows.add(new UsageRow(place.branch(), place.project(), null, null, models)));
      rows.sort(order());
      Map<ProjectName, String> paths = data.store().projectPaths();
      RowReport.print(
          surroundings,
          options,
          new UsageReport("branches", "branch", "Branch", true, false, rows, options.mode, paths));
    }

    private Comparator<UsageRow> order() {
      Comparator<UsageRow> byCost = Comparator.comparing(row -> row.totals().cost(options.mode));
      return (options.order == ReportOptions.Order.ASC ? byCost : byCost.reversed())
          .thenComparing(UsageRow::project)
          .thenComparing(UsageRow::label);
    }
  }

  /// What newer clients name on each response: its cost is exact.
  abstract static class Named extends WorkReport {

    private final Whose whose;
    private final String name;
    private final String key;
    private final String title;

    Named(Surroundings surroundings, Whose whose, String name, String key, String title) {
      super(surroundings);
      this.whose = whose;
      this.name = name;
      this.key = key;
      this.title = title;
    }

    @Override
    void print(Surroundings surroundings, LocalData data, TimeRange range) {
      List<UsageRow> rows = new ArrayList<>();
      for (Use use :
          new WorkAnswers(data.store()).uses(whose, range, RowReport.where(data, options, range))) {
        rows.add(new UsageRow(use.name(), ProjectName.NONE, null, null, use.byModel()));
      }
      Comparator<UsageRow> byCost = Comparator.comparing(row -> row.totals().cost(options.mode));
      rows.sort(
          (options.order == ReportOptions.Order.ASC ? byCost : byCost.reversed())
              .thenComparing(UsageRow::label));
      RowReport.print(
          surroundings,
          options,
          new UsageReport(name, key, title, false, false, rows, options.mode, Map.of()));
    }
  }

  @Command(
      name = "agents",
      description = {
        "Usage by type of subagent, most expensive first.",
        "Clients before 2.1.270 do not name the type of a subagent: '(not named)'."
      },
      mixinStandardHelpOptions = true,
      sortOptions = false)
  public static final class Agents extends Named {

    public Agents(Surroundings surroundings) {
      super(surroundings, Whose.AGENT, "agents", "agent", "Agent");
    }
  }

  @Command(
      name = "skills",
      description = {
        "Usage by skill, most expensive first.",
        "Clients before 2.1.270 do not name skills: '(no skill)'."
      },
      mixinStandardHelpOptions = true,
      sortOptions = false)
  public static final class Skills extends Named {

    public Skills(Surroundings surroundings) {
      super(surroundings, Whose.SKILL, "skills", "skill", "Skill");
    }
  }

  /// What responses called. One response may call several tools and pays for its tokens once, so
  /// what a call costs is not known.
  abstract static class Calls extends WorkReport {

    private final String name;
    private final String title;

    Calls(Surroundings surroundings, String name, String title) {
      super(surroundings);
      this.name = name;
      this.title = title;
    }

    /// What a tool is counted as; null where it is not.
    abstract @Nullable String key(String tool);

    @Override
    void print(Surroundings surroundings, LocalData data, TimeRange range) {
      Map<String, Long> calls =
          CallCounts.of(data.store(), range, RowReport.where(data, options, range), this::key);
      boolean rarestFirst = options.order == ReportOptions.Order.ASC;
      options
          .output(surroundings)
          .print(
              new CallsReport(
                  name, title, calls, costs(data, range), decisions(data, range), rarestFirst));
    }

    /// What was decided on calls; null where that is not of what is counted.
    @Nullable Map<String, ClientWork> decisions(LocalData data, TimeRange range) {
      return null;
    }

    /// What is known to have been used for one of them.
    Map<String, Money> costs(LocalData data, TimeRange range) {
      return Map.of();
    }
  }

  @Command(
      name = "tools",
      description = {
        "How often each tool was called, most calls first.",
        "Accepted and rejected: as Claude Code's telemetry tells, where it is received."
      },
      mixinStandardHelpOptions = true,
      sortOptions = false)
  public static final class Tools extends Calls {

    public Tools(Surroundings surroundings) {
      super(surroundings, "tools", "Tool");
    }

    @Override
    Map<String, ClientWork> decisions(LocalData data, TimeRange range) {
      Map<String, ClientWork> tools =
          new ClientAnswers(data.store(), KnownMachines.ofThisMachine(data.store()))
              .tools(range, RowReport.where(data, options, range));
      return tools.values().stream().allMatch(each -> each.toolAcceptRate() == null)
          ? Map.of()
          : tools;
    }

    @Override
    String key(String tool) {
      return tool;
    }
  }

  @Command(
      name = "mcp",
      description = {
        "How often tools of each MCP server were called, most calls first.",
        "Cost: of the responses that Claude Code (2.1.270 and later) names a server for."
      },
      mixinStandardHelpOptions = true,
      sortOptions = false)
  public static final class Mcp extends Calls {

    private static final String PREFIX = "mcp__";

    public Mcp(Surroundings surroundings) {
      super(surroundings, "mcp", "Server");
    }

    @Override
    Map<String, Money> costs(LocalData data, TimeRange range) {
      Map<String, Money> costs = new HashMap<>();
      for (Use use :
          new WorkAnswers(data.store())
              .uses(Whose.MCP, range, RowReport.where(data, options, range))) {
        costs.put(use.name(), Money.of(use.totals(), options.mode));
      }
      costs.keySet().removeAll(List.of(Whose.MCP.none(), WorkAnswers.NO_LONGER_KEPT));
      return costs;
    }

    /// `browser` of `mcp__browser__screenshot`.
    @Override
    @Nullable String key(String tool) {
      int end = tool.indexOf("__", PREFIX.length());
      return tool.startsWith(PREFIX) && end > 0 ? tool.substring(PREFIX.length(), end) : null;
    }
  }
}
