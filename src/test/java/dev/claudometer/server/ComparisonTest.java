package dev.claudometer.server;

import static java.nio.charset.StandardCharsets.UTF_8;
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

/// How a period is compared with the one before it. A thousand output tokens of `claude-opus-4-1`
/// cost $0.075.
class ComparisonTest {

  private TestServer server;
  private String cookie;

  @BeforeEach
  void start(@TempDir Path directory) {
    server =
        new TestServer(
            SqliteStore.database(directory.resolve("server.db"), Durability.PROCESS),
            TestServer.Setup.USUAL);
    server.clock(Instant.parse("2026-11-20T12:00:00Z"));
    cookie = server.login("ada", Role.ADMIN);
    deliver(
        own("laptop", "Ada"),
        usage("1", "2026-10-05T10:00:00Z", "old", "-loom", 4_000),
        usage("2", "2026-11-02T10:00:00Z", "alpha", "-loom", 1_000),
        usage("3", "2026-11-03T10:00:00Z", "beta", "-loom", 1_000),
        usage("4", "2026-11-04T10:00:00Z", "gamma", "-loom", 1_000),
        usage("5", "2026-11-05T10:00:00Z", "delta", "-loom", 2_000),
        usage("6", "2026-11-06T10:00:00Z", "large", "-atlas", 20_000));
    deliver(
        own("tower", ""),
        usage("7", "2026-10-20T11:59:00Z", "old", "-ferry", 8_000),
        usage("8", "2026-10-20T12:01:00Z", "late", "-ferry", 80_000));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void monthSoFarIsComparedWithAsMuchOfTheMonthBefore() {
    JsonNode month = get("/api/v1/overview");
    assertThat(month.get("previousFrom").asText()).isEqualTo("2026-10-01T00:00:00Z");
    assertThat(month.get("previousTo").asText()).isEqualTo("2026-10-20T12:00:00Z");
    // 25,000 tokens beside 12,000.
    assertThat(month.get("totals").get("cost").asText()).isEqualTo("1.875");
    assertThat(month.get("previous").get("cost").asText()).isEqualTo("0.9");
    JsonNode whole = get("/api/v1/overview?from=2026-10-01&to=2026-10-31");
    assertThat(whole.get("previousFrom").asText()).isEqualTo("2026-09-01T00:00:00Z");
    assertThat(whole.get("previousTo").asText()).isEqualTo("2026-10-01T00:00:00Z");
    JsonNode part = get("/api/v1/overview?from=2026-11-01&to=2026-11-10");
    assertThat(part.get("previousFrom").asText())
        .as("ten days are compared with the ten days before")
        .isEqualTo("2026-10-22T00:00:00Z");
  }

  @Test
  void driversSayWhatCostMoreAndWhatLess() {
    JsonNode answer = get("/api/v1/drivers");
    assertThat(answer.get("change").asText()).isEqualTo("0.975");
    List<String> drivers = new ArrayList<>();
    answer
        .get("drivers")
        .forEach(
            each ->
                drivers.add(
                    String.join(
                        " ",
                        each.get("kind").asText(),
                        each.get("name").asText(),
                        each.get("cost").asText(),
                        each.get("previousCost").asText(),
                        each.get("change").asText(),
                        each.get("state").asText())));
    assertThat(drivers)
        .containsExactly(
            "person Ada 1.875 0.3 1.575 changed",
            "project -atlas 1.5 0 1.5 new",
            "session -atlas · main 1.5 0 1.5 new",
            "model claude-opus-4-1-20250805 1.875 0.9 0.975 changed",
            "project -ferry 0 0.6 -0.6 gone",
            "session -loom · main 0.15 0 0.15 new",
            "project -loom 0.375 0.3 0.075 changed",
            "session -loom · main 0.075 0 0.075 new",
            "session -loom · main 0.075 0 0.075 new",
            "session -loom · main 0.075 0 0.075 new");
  }

  @Test
  void sessionStandsOutThatCostMoreThanTenTimesTheMedian() {
    JsonNode outlier = get("/api/v1/drivers").get("outlier");
    assertThat(outlier.get("session").asText()).isEqualTo("large");
    assertThat(outlier.get("cost").asText()).isEqualTo("1.5");
    assertThat(outlier.get("median").asText()).isEqualTo("0.075");
    assertThat(outlier.get("sessions").asInt()).isEqualTo(5);
    assertThat(get("/api/v1/drivers?project=-loom").get("outlier").isNull()).isTrue();
  }

  @Test
  void costAddsUpBesideThatOfTheWholePeriodBefore() {
    JsonNode steps = get("/api/v1/running-cost").get("steps");
    assertThat(steps).as("October has 31 days").hasSize(31);
    assertThat(steps.get(0).get("cost").asText()).isEqualTo("0");
    assertThat(steps.get(1).get("cost").asText()).isEqualTo("0.075");
    assertThat(steps.get(5).get("cost").asText()).isEqualTo("1.875");
    assertThat(steps.get(19).get("cost").asText()).isEqualTo("1.875");
    assertThat(steps.get(20).get("cost").isNull()).as("tomorrow").isTrue();
    assertThat(steps.get(3).get("previousCost").asText()).isEqualTo("0");
    assertThat(steps.get(4).get("previousCost").asText()).isEqualTo("0.3");
    assertThat(steps.get(19).get("previousCost").asText())
        .as("of the whole day: 4,000 + 8,000 + 80,000 tokens")
        .isEqualTo("6.9");
    assertThat(get("/api/v1/running-cost?from=2026-10-01&to=2026-10-31&step=week").get("steps"))
        .as("October 2026 has parts of five weeks")
        .hasSize(5);
  }

  @Test
  void forecastIsThatOfTheMonthThatRuns() {
    JsonNode forecast = get("/api/v1/forecast?from=2026-10-01&to=2026-10-31");
    assertThat(forecast.get("from").asText()).isEqualTo("2026-11-01T00:00:00Z");
    assertThat(forecast.get("to").asText()).isEqualTo("2026-12-01T00:00:00Z");
    assertThat(forecast.get("costSoFar").asText()).isEqualTo("1.875");
    assertThat(forecast.get("knownDays").asInt()).as("since November 2").isEqualTo(18);
    // Weekdays since November 2: Mondays, Tuesdays, Wednesdays of $0.075 in three weeks, Thursdays
    // of $0.15 in three, Fridays of $1.50 in two. Left: today, a Friday, of which nothing is used,
    // and Nov 21–30: two Mondays, and one each of the others.
    assertThat(forecast.get("cost").asText()).isEqualTo("3.525");
  }

  private String own(String name, String owner) {
    String key = server.device(name);
    server.registry.devices().list().stream()
        .filter(device -> device.name().equals(name))
        .forEach(
            device ->
                assertThat(
                        server
                            .method(
                                "PATCH",
                                "/api/v1/devices/" + device.id().text(),
                                ("{\"owner\":\"" + owner + "\"}").getBytes(UTF_8),
                                "Cookie",
                                cookie,
                                "Sec-Fetch-Site",
                                "same-origin",
                                "Content-Type",
                                "application/json")
                            .statusCode())
                    .isEqualTo(200));
    return key;
  }

  private static String usage(
      String message, String at, String session, String project, long output) {
    return "{\"type\":\"usage\",\"message\":\"msg_%s\",\"at\":\"%s\",\"model\":\"claude-opus-4-1\",\"input\":0,\"output\":%d,\"stopReason\":\"end_turn\",\"session\":\"%s\",\"project\":\"%s\",\"branch\":\"main\",\"file\":\"/t/%s.jsonl\",\"offset\":42}"
        .formatted(message, at, output, session, project, session);
  }

  private void deliver(String key, String... elements) {
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

  private JsonNode get(String path) {
    return server.json(server.get(path, "Cookie", cookie));
  }
}
