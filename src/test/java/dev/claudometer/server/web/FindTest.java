package dev.claudometer.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.claudometer.server.TestServer;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is found by a part of its name, and where that leads.
class FindTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final String HOSTILE = "<img src=x onerror=alert(1)>";

  @TempDir private Path place;
  private TestServer server;
  private Visit visit;
  private String cookie;

  /// Opus 5: 26 input, 1,200 written for five minutes, 54,000 read from the cache, 400 output
  /// tokens at $5, $6.25, $0.50 and $25 a million: $0.04463.
  @BeforeEach
  void start() {
    server =
        new TestServer(
            SqliteStore.database(place.resolve("server.db"), Durability.PROCESS),
            TestServer.Setup.USUAL);
    server.clock(NOON);
    visit = new Visit(server);
    cookie = server.login("ada", Role.ADMIN);
    String key = server.device("heron-mbp-128");
    visit.deliver(
        key,
        Visit.usage(
            "msg_01Abcdefgh",
            "2026-11-20T09:00:00Z",
            "12f0c9e4",
            "-home-ada-loom",
            "claude-opus-5",
            400),
        Visit.usage("msg_02", "2026-11-20T10:00:00Z", "s-2", HOSTILE, "claude-opus-5", 400),
        pullRequest("ada/loom#123"),
        pullRequest("ada/loom#1234"));
  }

  private static String pullRequest(String name) {
    return "{\"type\":\"activity\",\"kind\":\"pull_request\",\"key\":\"https://example/%s\",\"at\":\"%s\",\"session\":\"12f0c9e4\",\"project\":\"-home-ada-loom\",\"name\":\"%s\",\"value\":1}"
        .formatted(name, NOON, name);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void pullRequestIsFoundByItsNumberTheExactOneFirst() {
    for (String text : List.of("123", "%23123", "pr+123")) {
      assertThat(found(text))
          .startsWith("pull_request ada/loom#123 0.04463", "pull_request ada/loom#1234 0.04463");
    }
  }

  @Test
  void everythingIsFoundByAPartOfItsName() {
    assertThat(found("12"))
        .contains("device heron-mbp-128 0.08926", "session -home-ada-loom · main 0.04463");
    assertThat(found("LOOM")).contains("project -home-ada-loom 0.04463");
    assertThat(found("mai")).contains("branch main 0.04463");
    assertThat(found("opus")).containsExactly("model claude-opus-5 0.08926");
    assertThat(found("msg_01Abcdefgh")).containsExactly("response msg_01Abcdefgh 0.04463");
    assertThat(found("nothing-like-it")).isEmpty();
    assertThat(found("")).isEmpty();
  }

  private List<String> found(String text) {
    JsonNode answer = server.json(server.get("/api/v1/find?text=" + text, "Cookie", cookie));
    return answer
        .get("found")
        .valueStream()
        .map(
            hit ->
                hit.get("kind").asText()
                    + " "
                    + hit.get("name").asText()
                    + " "
                    + hit.get("cost").decimalValue().toPlainString())
        .toList();
  }

  @Test
  void pageLeadsToWhatWasFoundAndShowsHostileNamesAsText() {
    assertThat(page("123"))
        .contains("href=\"/branches?pull-requests.find=ada%2Floom%23123\"", "$0.04");
    assertThat(page("main")).contains("href=\"/branch?branch=main&amp;project=-home-ada-loom\"");
    assertThat(page("img"))
        .contains("&lt;img src=x onerror=alert(1)&gt;", "href=\"/project?project=%3Cimg")
        .doesNotContain("<img src=x");
    assertThat(page("msg_01Abcdefgh")).contains("href=\"/session?id=12f0c9e4\"");
    assertThat(page("nothing-like-it")).contains("Nothing has “nothing-like-it” in its name.");
    String part = visit.page("/find?text=123", "Cookie", cookie, "Claudometer-Part", "live").body();
    assertThat(part).contains("ada/loom#123").doesNotContain("<html");
  }

  private String page(String text) {
    return visit.page("/find?text=" + text, "Cookie", cookie).body();
  }
}
