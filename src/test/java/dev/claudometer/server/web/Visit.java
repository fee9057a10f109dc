package dev.claudometer.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.server.TestServer;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/// A server as a browser without scripts sees it, and usage for it to show.
public record Visit(TestServer server) {

  public HttpResponse<String> page(String path, String... headers) {
    var all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("Accept", "text/html,*/*;q=0.8"));
    return server.get(path, all.toArray(String[]::new));
  }

  public HttpResponse<String> form(String path, String body, String... headers) {
    var all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("Accept", "text/html", "Sec-Fetch-Site", "same-origin"));
    all.addAll(List.of("Content-Type", "application/x-www-form-urlencoded"));
    return server.post(path, body.getBytes(UTF_8), all.toArray(String[]::new));
  }

  /// Logs in.
  ///
  /// @return the session cookie
  String login(String name, String password) {
    String body = "name=" + encoded(name) + "&password=" + encoded(password);
    return form("/login", body)
        .headers()
        .firstValue("Set-Cookie")
        .orElseThrow()
        .replaceAll(";.*", "");
  }

  public static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  void deliver(String key, String... elements) {
    var answer =
        server.post(
            "/api/v1/events",
            "{\"protocol\":1,\"agent\":\"test\",\"observations\":["
                + String.join(",", elements)
                + "]}",
            "X-Device-Key",
            key);
    assertThat(server.json(answer).get("rejected")).as(answer.body()).isEmpty();
  }

  /// A response of a model; names are written as JSON has them.
  static String usage(
      String message, String at, String session, String project, String model, long output) {
    return "{\"type\":\"usage\",\"message\":\""
        + message
        + "\",\"at\":\""
        + at
        + "\",\"model\":\""
        + model
        + "\",\"input\":26,\"cacheWrite5m\":1200,\"cacheRead\":54000,\"output\":"
        + output
        + ",\"stopReason\":\"end_turn\",\"session\":\""
        + session
        + "\",\"project\":\""
        + project
        + "\",\"branch\":\"main\",\"file\":\"/t/"
        + session.length()
        + ".jsonl\",\"offset\":42}";
  }
}
