package dev.claudometer.server.api.usage;

import dev.claudometer.report.work.ClientAnswers;
import dev.claudometer.report.work.ClientAnswers.By;
import dev.claudometer.report.work.ClientAnswers.Efforts;
import dev.claudometer.report.work.ClientAnswers.Rows;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Route;
import java.util.List;

/// What clients tell of themselves beside their calls.
public final class ClientsApi {

  private final ClientAnswers answers;
  private final Questions questions;

  public ClientsApi(ClientAnswers answers, Questions questions) {
    this.answers = answers;
    this.questions = questions;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/client-work",
            Access.VIEWER,
            "Lines, commits, pull requests, decisions and active time, as clients' telemetry tells",
            this::work),
        Route.get(
            "/api/v1/efforts",
            Access.VIEWER,
            "Calls and tokens by the effort that was asked for, as telemetry tells",
            this::efforts));
  }

  public Rows work(Call call) {
    return work(call, call.choice("by", By.class, By.PERSON));
  }

  public Rows work(Call call, By by) {
    return answers.work(questions.ofAnything(call), by);
  }

  public Efforts efforts(Call call) {
    return answers.efforts(questions.ofAnything(call));
  }
}
