package dev.claudometer.fetch;

import dev.claudometer.fetch.Answer.Failed;
import dev.claudometer.fetch.Answer.Reason;
import dev.claudometer.json.BadJson;
import dev.claudometer.json.JsonValue;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a service means by a status that is not 200.
record Refusal(String host, GetRequest question) {

  private static final int LONGEST_WORD = 200;

  <T> Failed<T> of(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    return switch (status) {
      case 401 ->
          failed(
              Reason.UNAUTHORIZED,
              "does not accept the " + credential() + said(response),
              response);
      case 403 ->
          failed(
              Reason.FORBIDDEN,
              "does not let the " + credential() + " ask " + question.path() + said(response),
              response);
      case 404, 405, 501 ->
          failed(Reason.ABSENT, "does not know " + question.path() + said(response), response);
      case 408, 425, 429 ->
          failed(Reason.BUSY, "wants to be asked later" + said(response), response);
      default -> other(status, response);
    };
  }

  private <T> Failed<T> other(int status, HttpResponse<byte[]> response) {
    if (status >= 500) {
      return failed(Reason.BUSY, "is not well" + said(response), response);
    }
    if (status >= 300 && status < 400) {
      return failed(
          Reason.UNREADABLE, "sends us elsewhere (" + status + "): not followed", response);
    }
    if (status >= 400) {
      return failed(
          Reason.UNKNOWN, "does not understand " + question.path() + said(response), response);
    }
    return failed(Reason.UNREADABLE, "answered with status " + status, response);
  }

  private <T> Failed<T> failed(Reason reason, String what, HttpResponse<byte[]> response) {
    return new Failed<>(reason, host + " " + what, after(response));
  }

  /// What it was asked with.
  private String credential() {
    return question.headers().stream().anyMatch(header -> header.name().equalsIgnoreCase("cookie"))
        ? "cookies"
        : "key";
  }

  private static @Nullable Duration after(HttpResponse<byte[]> response) {
    String seconds = response.headers().firstValue("retry-after").orElse("").strip();
    return seconds.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(seconds)) : null;
  }

  /// ` (429 rate_limit_error: …)`, without anything that we sent.
  private String said(HttpResponse<byte[]> response) {
    return " (" + (response.statusCode() + " " + word(response.body())).strip() + ")";
  }

  private String word(byte[] body) {
    try {
      JsonValue error = JsonValue.parse(body).at("error");
      String text = error.at("type").textOr("") + ": " + error.at("message").textOr("");
      return cut(withoutSecrets(text.equals(": ") ? "" : text));
    } catch (BadJson notJson) {
      return "";
    }
  }

  private String withoutSecrets(String text) {
    String clean = text.replaceAll("sk-[A-Za-z0-9_-]{4,}", "sk-…");
    for (GetRequest.Pair header : question.headers()) {
      clean = clean.replace(header.value(), "…");
    }
    return clean;
  }

  private static String cut(String text) {
    return text.length() > LONGEST_WORD ? text.substring(0, LONGEST_WORD) + "…" : text;
  }
}
