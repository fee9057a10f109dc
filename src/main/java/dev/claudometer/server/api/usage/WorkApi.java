package dev.claudometer.server.api.usage;

import dev.claudometer.report.Question;
import dev.claudometer.report.work.WorkAnswers;
import dev.claudometer.report.work.WorkAnswers.Whose;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Route;
import dev.claudometer.usage.Totals;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/// What agents, skills and MCP servers used.
public final class WorkApi {

  private final WorkAnswers answers;
  private final Questions questions;

  public WorkApi(WorkAnswers answers, Questions questions) {
    this.answers = answers;
    this.questions = questions;
  }

  /// What one of them used.
  ///
  /// @param name in parentheses what Claude Code does not name
  public record WorkUse(String name, Totals totals) {}

  /// By name.
  public record WorkUses(
      Instant from, Instant to, ZoneId timeZone, String by, List<WorkUse> uses) {}

  public List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/work",
            Access.VIEWER,
            "What subagents, skills or MCP servers used, as Claude Code names them",
            this::work));
  }

  private WorkUses work(Call call) {
    Question question = questions.ofAnything(call);
    Whose whose = call.choice("by", Whose.class, Whose.AGENT);
    return new WorkUses(
        question.range().from(),
        question.range().to(),
        question.zone(),
        whose.name().toLowerCase(Locale.ROOT),
        answers.uses(whose, question.range(), question.where()).stream()
            .map(use -> new WorkUse(use.name(), use.totals()))
            .toList());
  }
}
