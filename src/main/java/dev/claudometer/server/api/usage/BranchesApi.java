package dev.claudometer.server.api.usage;

import dev.claudometer.report.BranchAnswers;
import dev.claudometer.report.BranchAnswers.Branches;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Route;
import java.util.List;

/// What branches and pull requests cost.
public final class BranchesApi {

  private final BranchAnswers answers;
  private final Questions questions;

  public BranchesApi(BranchAnswers answers, Questions questions) {
    this.answers = answers;
    this.questions = questions;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/branches",
            Access.VIEWER,
            "What branches and pull requests cost",
            this::branches));
  }

  public Branches branches(Call call) {
    return answers.branches(questions.of(call));
  }
}
