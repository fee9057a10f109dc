package dev.claudometer.source.planlimits;

import dev.claudometer.fetch.Answer;
import dev.claudometer.fetch.Answer.Failed;
import dev.claudometer.fetch.Answer.Given;
import dev.claudometer.fetch.GetRequest;
import dev.claudometer.fetch.GetRequest.Pair;
import dev.claudometer.fetch.Service;
import dev.claudometer.model.QuotaReadings;
import java.time.Instant;
import java.util.List;

/// The endpoint that Claude Code's `/usage` asks. It is not documented and bears about a question a
/// minute, so it is asked only where a person wants it, and seldom.
///
/// @param service `https://api.anthropic.com`
public record OAuthUsage(Service service, OAuthToken token) {

  /// Others are turned away.
  private static final String USER_AGENT = "claude-code/2.1.329";

  public Answer<QuotaReadings> ask(Instant now) throws InterruptedException {
    return switch (token.text(now)) {
      case Failed<String> failed -> failed.as();
      case Given<String>(String text) ->
          service.ask(
              new GetRequest(
                  "/api/oauth/usage",
                  List.of(),
                  List.of(
                      new Pair("Authorization", "Bearer " + text),
                      new Pair("anthropic-beta", "oauth-2025-04-20"),
                      new Pair("User-Agent", USER_AGENT))),
              new UsageBody(now, "oauth")::read);
    };
  }
}
