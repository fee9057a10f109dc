package dev.claudometer.server.api.usage;

import dev.claudometer.report.session.ResponseAnswers;
import dev.claudometer.report.session.ResponseAnswers.Responses;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Route;
import java.util.List;

/// Single responses: what each used, what it cost and why, and where that is written.
public final class ResponsesApi {

  private final ResponseAnswers answers;
  private final Questions questions;

  public ResponsesApi(ResponseAnswers answers, Questions questions) {
    this.answers = answers;
    this.questions = questions;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/responses",
            Access.VIEWER,
            "Responses of a period, at most 1,000; or those of one message or request id",
            this::responses));
  }

  private Responses responses(Call call) {
    String id = call.query("id");
    return id == null ? answers.of(questions.of(call)) : answers.ofId(id, call.scope());
  }
}
