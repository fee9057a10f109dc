package dev.claudometer.report.work;

import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.report.KnownMachines;
import dev.claudometer.report.Question;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageQueries;
import dev.claudometer.store.Where;
import dev.claudometer.store.WorkQueries.ClientSum;
import dev.claudometer.store.WorkQueries.EffortUse;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What clients tell of themselves beside their calls: lines, commits, decisions, active time, and
/// the effort that they asked for.
public final class ClientAnswers {

  private final UsageQueries store;
  private final KnownMachines fleet;

  public ClientAnswers(UsageQueries store, KnownMachines fleet) {
    this.store = store;
    this.fleet = fleet;
  }

  /// What it is split by. A tool and a language are those of decisions alone.
  public enum By {
    PERSON,
    TEAM,
    DEVICE,
    PROJECT,
    /// As clients name it, where they are told to.
    REPOSITORY,
    BRANCH,
    SESSION,
    TOOL,
    LANGUAGE;

    private String key(ClientSum sum, KnownMachines.Names names) {
      return switch (this) {
        case PERSON -> names.owner(sum.device());
        case TEAM -> names.team(sum.device());
        case DEVICE -> sum.device().text();
        case PROJECT -> sum.project().text();
        case REPOSITORY -> sum.told().repository();
        case BRANCH -> sum.told().branch().isEmpty() ? sum.branch() : sum.told().branch();
        case SESSION -> sum.session().text();
        case TOOL -> sum.told().parts().get(sum.kind() == ActivityKind.EDIT_DECISION ? 1 : 2);
        case LANGUAGE -> sum.told().parts().get(2);
      };
    }

    private boolean isOf(ActivityKind kind) {
      return switch (this) {
        case TOOL -> kind == ActivityKind.EDIT_DECISION || kind == ActivityKind.TOOL_DECISION;
        case LANGUAGE -> kind == ActivityKind.EDIT_DECISION;
        default -> true;
      };
    }

    private String name(String key, KnownMachines.Names names) {
      return switch (this) {
        case DEVICE -> names.device(new DeviceId(key));
        case PROJECT -> names.project(new ProjectName(key));
        default -> key;
      };
    }
  }

  /// What the clients of one of them did.
  ///
  /// @param key empty where it is not known, or is nobody's
  public record Row(String key, String name, ClientWork work) {}

  /// By key; without those whose clients tell nothing.
  public record Rows(Instant from, Instant to, ZoneId timeZone, String by, List<Row> rows) {}

  /// What clients did.
  public Rows work(Question question, By by) {
    KnownMachines.Names names = fleet.names();
    List<Row> rows = new ArrayList<>();
    sums(question.range(), question.where(), by, names)
        .forEach((key, sum) -> rows.add(new Row(key, by.name(key, names), sum.work())));
    return new Rows(
        question.range().from(),
        question.range().to(),
        question.zone(),
        by.name().toLowerCase(Locale.ROOT),
        List.copyOf(rows));
  }

  /// What was decided on calls, by tool.
  public Map<String, ClientWork> tools(TimeRange range, Where where) {
    Map<String, ClientWork> tools = new TreeMap<>();
    sums(range, where, By.TOOL, fleet.names()).forEach((key, sum) -> tools.put(key, sum.work()));
    return tools;
  }

  private Map<String, ClientWork.Sum> sums(
      TimeRange range, Where where, By by, KnownMachines.Names names) {
    Map<String, ClientWork.Sum> sums = new TreeMap<>();
    for (ClientSum each : store.clientSums(range, where)) {
      if (by.isOf(each.kind())) {
        sums.computeIfAbsent(by.key(each, names), _ -> new ClientWork.Sum())
            .add(each.kind(), each.told(), each.value());
      }
    }
    return sums;
  }

  /// Calls with one effort by one model.
  public record Effort(String effort, String model, long calls, TokenCounts tokens) {}

  /// The most calls first; of calls that telemetry tells of, by models that have an effort.
  public record Efforts(Instant from, Instant to, ZoneId timeZone, List<Effort> efforts) {}

  /// What effort was asked for.
  public Efforts efforts(Question question) {
    return new Efforts(
        question.range().from(),
        question.range().to(),
        question.zone(),
        store.efforts(question.range(), question.where()).stream()
            .sorted(
                Comparator.comparingLong(EffortUse::calls)
                    .reversed()
                    .thenComparing(EffortUse::effort)
                    .thenComparing(EffortUse::model))
            .map(use -> new Effort(use.effort(), use.model(), use.calls(), use.tokens()))
            .toList());
  }
}
