package dev.claudometer.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A session of 2,400 responses, one every ten seconds from 10:00 on. Each has a thousand output
/// tokens of `claude-opus-4-1`: $0.075; every hundredth has ten times as many.
class StoryTest {

  private static final Instant BEGIN = Instant.parse("2026-11-20T10:00:00Z");
  private static final int COUNT = 2_400;

  private TestServer server;
  private String cookie;

  @BeforeEach
  void start(@TempDir Path directory) {
    server =
        new TestServer(
            SqliteStore.database(directory.resolve("server.db"), Durability.PROCESS),
            TestServer.Setup.USUAL);
    server.clock(Instant.parse("2026-11-20T20:00:00Z"));
    cookie = server.login("ada", Role.ADMIN);
    List<String> elements = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      elements.add(response(i));
    }
    elements.add(happening("prompt", BEGIN, "typed"));
    elements.add(happening("compaction", BEGIN.plusSeconds(12_005), "auto"));
    elements.add(happening("api_error", BEGIN.plusSeconds(15_005), "overloaded_error"));
    elements.add(happening("api_retry", BEGIN.plusSeconds(15_006), "529"));
    deliver(server.device("laptop"), elements);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String response(int i) {
    return "{\"type\":\"usage\",\"message\":\"msg_%d\",\"at\":\"%s\",\"model\":\"claude-opus-4-1\",\"input\":0,\"output\":%d,\"stopReason\":\"end_turn\",\"session\":\"long\",\"project\":\"-loom\",\"branch\":\"main\",\"file\":\"/t/a.jsonl\",\"offset\":%d%s%s}"
        .formatted(
            i,
            BEGIN.plusSeconds(10L * i),
            i % 100 == 99 ? 10_000 : 1_000,
            i * 100,
            i % 4 == 0 ? ",\"agentId\":\"explore\"" : "",
            i % 3 == 0
                ? ",\"tools\":[{\"id\":\"a%d\",\"name\":\"Edit\"},{\"id\":\"b%d\",\"name\":\"Edit\"},{\"id\":\"c%d\",\"name\":\"Bash\"}]"
                    .formatted(i, i, i)
                : "");
  }

  private static String happening(String kind, Instant at, String name) {
    return "{\"type\":\"activity\",\"kind\":\"%s\",\"key\":\"%s\",\"at\":\"%s\",\"session\":\"long\",\"project\":\"-loom\",\"name\":\"%s\",\"value\":0}"
        .formatted(kind, kind, at, name);
  }

  @Test
  void mostExpensiveResponsesAreThoseOfTheWholeSession() {
    JsonNode dearest = story("").get("mostExpensive");
    assertThat(dearest).hasSize(10);
    dearest.forEach(
        moment -> {
          assertThat(moment.get("response").get("cost").asText()).isEqualTo("0.75");
          assertThat(moment.get("number").asInt() % 100).isZero();
        });
  }

  @Test
  void stretchesAreOfTheWholeSessionAndSayWhereTheyBegin() {
    JsonNode stretches = story("").get("stretches");
    assertThat(stretches).hasSize(100);
    double cost = 0;
    long compactions = 0;
    for (JsonNode stretch : stretches) {
      cost += stretch.get("models").get(0).get("cost").asDouble();
      compactions += stretch.get("compactions").asLong();
    }
    // 2,376 responses of $0.075 and 24 of $0.75.
    assertThat(Math.round(cost * 1000)).isEqualTo(196_200);
    assertThat(compactions).isEqualTo(1);
    assertThat(stretches.get(0).get("skip").asInt()).isZero();
    int skip = stretches.get(50).get("skip").asInt();
    assertThat(story("?skip=" + skip + "&limit=1").get("moments").get(0).get("at").asText())
        .isGreaterThanOrEqualTo(stretches.get(50).get("from").asText());
  }

  @Test
  void momentsComePageByPageInTheirOrder() {
    JsonNode first = story("");
    assertThat(first.get("moments")).hasSize(100);
    assertThat(first.get("count").asInt()).isEqualTo(COUNT + 4);
    assertThat(first.get("moments").get(0).get("happening").get("kind").asText())
        .as("what leads to a response comes before it")
        .isEqualTo("prompt");
    assertThat(first.get("moments").get(1).get("number").asInt()).isEqualTo(1);
    JsonNode last = story("?skip=2400").get("moments");
    assertThat(last).hasSize(4);
    assertThat(last.get(3).get("number").asInt()).isEqualTo(COUNT);
  }

  @Test
  void momentsAreChosenByWhatTheyAreAndSortedByCost() {
    assertThat(story("?only=subagents").get("count").asInt()).isEqualTo(COUNT / 4);
    assertThat(story("?only=responses").get("count").asInt()).isEqualTo(COUNT);
    assertThat(story("?only=errors").get("moments").findValuesAsText("kind"))
        .containsExactly("api_error", "api_retry");
    assertThat(story("?only=compactions").get("moments").findValuesAsText("kind"))
        .containsExactly("compaction");
    JsonNode dearest = story("?sort=cost&skip=23&limit=2").get("moments");
    assertThat(dearest.get(0).get("response").get("cost").asText()).isEqualTo("0.75");
    assertThat(dearest.get(1).get("response").get("cost").asText()).isEqualTo("0.075");
  }

  /// 800 responses called both tools, eight of them are expensive: numbers 100, 400, …
  @Test
  void toolHasTheCostOfTheResponsesThatCalledIt() {
    JsonNode tools = story("").get("tools");
    assertThat(tools.findValuesAsText("tool")).containsExactly("Bash", "Edit");
    tools.forEach(
        tool -> {
          assertThat(tool.get("responses").asInt()).isEqualTo(800);
          assertThat(tool.get("cost").asText()).isEqualTo("65.4");
        });
  }

  @Test
  void pageShowsAHundredMomentsAndStaysSmall() {
    String html = page("/session?id=long");
    assertThat(html)
        .contains("-loom · main", "$196.20", "1–100 of 2,404", "The ten most expensive responses")
        .contains("skip=100#timeline\"");
    assertThat(html.split("<[a-z]", -1).length).as("elements").isLessThan(5_000);
    assertThat(page("/session?id=long&only=errors")).contains("1–2 of 2", "overloaded_error");
    assertThat(page("/session?id=long&table=timeline&as=csv").lines().count())
        .as("files have all")
        .isEqualTo(1 + COUNT + 4);
  }

  private String page(String path) {
    return server.get(path, "Cookie", cookie, "Accept", "text/html").body();
  }

  private JsonNode story(String query) {
    return server.json(server.get("/api/v1/sessions/long/story" + query, "Cookie", cookie));
  }

  private void deliver(String key, List<String> elements) {
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
}
