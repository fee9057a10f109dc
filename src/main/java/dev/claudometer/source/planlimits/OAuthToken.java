package dev.claudometer.source.planlimits;

import dev.claudometer.fetch.Answer;
import dev.claudometer.fetch.Answer.Failed;
import dev.claudometer.fetch.Answer.Given;
import dev.claudometer.fetch.Answer.Reason;
import dev.claudometer.json.BadJson;
import dev.claudometer.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/// Claude Code's own token, read and never refreshed: whoever refreshes it without writing it back
/// logs the person out.
///
/// @param given what a variable gave; empty where none did
/// @param file `.credentials.json`
public record OAuthToken(String given, Path file) {

  /// The token, while it is in force.
  Answer<String> text(Instant now) {
    if (!given.isEmpty()) {
      return sound(given);
    }
    if (!Files.isRegularFile(file)) {
      return failed("no " + file + ": log in with Claude Code, or set CLAUDE_CODE_OAUTH_TOKEN");
    }
    try (InputStream in = Files.newInputStream(file)) {
      JsonValue oauth = JsonValue.field(in, "claudeAiOauth");
      JsonValue expires = oauth.at("expiresAt");
      if (!expires.absent() && !Instant.ofEpochMilli(expires.count()).isAfter(now)) {
        return failed("the token in " + file + " has expired: Claude Code renews it when it runs");
      }
      return sound(oauth.at("accessToken").exactText());
    } catch (IOException | BadJson unreadable) {
      // the message could hold a part of the token
      return failed(file + " holds no token of Claude Code");
    }
  }

  private Answer<String> sound(String token) {
    return token.strip().matches("[A-Za-z0-9._~+/=-]{8,4000}")
        ? new Given<>(token.strip())
        : failed("what should be Claude Code's token is none");
  }

  private static Failed<String> failed(String sentence) {
    return new Failed<>(Reason.UNAUTHORIZED, sentence, null);
  }

  @Override
  public String toString() {
    return "OAuthToken";
  }
}
