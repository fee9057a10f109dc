package dev.claudometer.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.claudometer.model.CreditReading;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.QuotaReadings;
import dev.claudometer.model.Usd;
import dev.claudometer.store.poll.Poll;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the API answers about usage, over real HTTP.
class QueryTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private TestServer server;
  private String cookie;

  @BeforeEach
  void start(@TempDir Path directory) {
    server =
        new TestServer(
            SqliteStore.database(directory.resolve("server.db"), Durability.POWER_CUT),
            TestServer.Setup.USUAL);
    server.clock(NOON);
    cookie = server.login("ada", Role.ADMIN);
    deliver(
        server.device("laptop"),
        usage("msg_1", "2026-11-19T23:30:00Z", "alpha", "-home-ada-loom", "claude-opus-5", 100),
        usage("msg_2", "2026-11-20T10:00:00Z", "alpha", "-home-ada-loom", "claude-nova-9", 10),
        "{\"type\":\"file\",\"file\":\"/t/a.jsonl\",\"size\":100,\"offset\":100,"
            + "\"fingerprint\":0,\"modified\":\"2026-11-20T10:00:00Z\",\"projectPaths\":[{\"project\":"
            + "\"-home-ada-loom\",\"path\":\"/home/ada/loom\"}],\"damages\":[{\"offset\":7,\"bytes\":9,\"why\":\"not"
            + " JSON\",\"recovered\":1}]}");
    deliver(
        server.device("tower"),
        usage(
            "msg_3", "2026-11-20T11:00:00Z", "<b>beta</b>", "p\\u0000\\u202e", "claude-opus-5", 5),
        "{\"type\":\"limit\",\"window\":\"five_hour\",\"utilization\":0.25,"
            + "\"at\":\"2026-11-20T11:59:00Z\",\"origin\":\"statusline\"}");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void overviewSumsAPeriodInAZoneBesideTheOneBefore() {
    JsonNode day = get("/api/v1/overview?from=2026-11-20&to=2026-11-20&tz=UTC");
    assertThat(day.get("totals").get("responses").asInt()).isEqualTo(2);
    assertThat(day.get("totals").get("unpriced").asInt()).isEqualTo(1);
    assertThat(day.get("sessions").asInt()).isEqualTo(2);
    assertThat(day.get("devices").asInt()).isEqualTo(2);
    assertThat(day.get("topProjects").findValuesAsText("name")).contains("loom");
    JsonNode berlin = get("/api/v1/overview?from=2026-11-20&to=2026-11-20&tz=Europe/Berlin");
    assertThat(berlin.get("totals").get("responses").asInt()).isEqualTo(3);
    assertThat(berlin.get("from").asText()).isEqualTo("2026-11-19T23:00:00Z");
  }

  @Test
  void halfADayIsComparedWithHalfTheDayBefore() {
    JsonNode half = get("/api/v1/overview?from=2026-11-20&to=2026-11-20&tz=UTC");
    assertThat(half.get("previousFrom").asText()).isEqualTo("2026-11-19T00:00:00Z");
    assertThat(half.get("previousTo").asText()).isEqualTo("2026-11-19T12:00:00Z");
    assertThat(half.get("previous").get("responses").asInt()).isZero();
    assertThat(half.get("previousSessions").asInt()).isZero();
    at("2026-11-20T23:29:59Z");
    assertThat(previous("from=2026-11-20&to=2026-11-20&tz=UTC")).isZero();
    at("2026-11-20T23:30:01Z");
    assertThat(previous("from=2026-11-20&to=2026-11-20&tz=UTC")).isEqualTo(1);
    assertThat(previous("from=2026-11-20&to=2026-11-21&tz=UTC")).isZero();
    at("2026-11-21T12:00:00Z");
    assertThat(previous("from=2026-11-20&to=2026-11-20&tz=UTC")).isEqualTo(1);
  }

  /// A session does not last for so long.
  private void at(String instant) {
    server.clock(Instant.parse(instant));
    cookie =
        server
            .post(
                "/api/v1/login", "{\"name\":\"ada\",\"password\":\"" + TestServer.PASSWORD + "\"}")
            .headers()
            .firstValue("Set-Cookie")
            .orElseThrow()
            .replaceAll(";.*", "");
  }

  /// 2026-11-20 is a Friday.
  @Test
  void weeksBeginWhereTheSettingSays() {
    String weeks = "/api/v1/timeseries?step=week&by=device&from=2026-11-01&to=2026-11-30&tz=UTC";
    assertThat(get(weeks).get("weekStart").asText()).isEqualTo("monday");
    assertThat(get(weeks).get("points").findValuesAsText("at"))
        .containsOnly("2026-11-16T00:00:00Z");
    set("{\"weekStart\":\"sunday\"}");
    assertThat(get(weeks).get("points").findValuesAsText("at"))
        .containsOnly("2026-11-15T00:00:00Z");
    set("{\"weekStart\":\"friday\"}");
    assertThat(get(weeks).get("points").findValuesAsText("at"))
        .containsOnly("2026-11-13T00:00:00Z", "2026-11-20T00:00:00Z");
  }

  private void set(String settings) {
    server.method(
        "PATCH",
        "/api/v1/settings",
        settings.getBytes(UTF_8),
        "Cookie",
        cookie,
        "Sec-Fetch-Site",
        "same-origin");
  }

  @Test
  void everyQuestionCanBeOfSomeUsageOnly() {
    String laptop = server.registry.devices().list().getFirst().id().text();
    assertThat(responses(get("/api/v1/usage?device=" + laptop).get("shares"))).isEqualTo(2);
    assertThat(responses(get("/api/v1/usage?model=claude-nova-9").get("shares"))).isEqualTo(1);
    assertThat(
            responses(get("/api/v1/usage?model=claude-nova-9&model=claude-opus-5").get("shares")))
        .isEqualTo(3);
    assertThat(responses(get("/api/v1/usage?session=alpha&by=session").get("shares"))).isEqualTo(2);
    assertThat(responses(get("/api/v1/timeseries?project=-home-ada-loom").get("points")))
        .isEqualTo(2);
    assertThat(responses(get("/api/v1/usage?person=ada").get("shares"))).isZero();
    server.method(
        "PATCH",
        "/api/v1/devices/" + laptop,
        "{\"owner\":\"ada\"}".getBytes(UTF_8),
        "Cookie",
        cookie,
        "Sec-Fetch-Site",
        "same-origin");
    assertThat(responses(get("/api/v1/usage?person=ada&by=person").get("shares"))).isEqualTo(2);
    assertThat(get("/api/v1/overview?person=ada").get("sessions").asInt()).isEqualTo(1);
    assertThat(get("/api/v1/responses?session=alpha&model=claude-nova-9").get("responses"))
        .hasSize(1);
    assertThat(get("/api/v1/branches?model=claude-nova-9").get("branches")).hasSize(1);
  }

  private int previous(String period) {
    return get("/api/v1/overview?" + period).get("previous").get("responses").asInt();
  }

  @Test
  void zoneOfTheSettingsMovesTheDays() {
    assertThat(get("/api/v1/timeseries?by=device").get("points")).hasSize(3);
    set("{\"timeZone\":\"Europe/Berlin\"}");
    JsonNode series = get("/api/v1/timeseries?by=device");
    assertThat(series.get("timeZone").asText()).isEqualTo("Europe/Berlin");
    assertThat(series.get("points")).hasSize(2);
    assertThat(series.get("points").findValuesAsText("name"))
        .containsExactlyInAnyOrder("laptop", "tower");
  }

  @Test
  void seriesAndSharesAddUpHoweverTheyAreSplit() {
    for (String by : List.of("device", "project", "model", "branch", "user")) {
      for (String step : List.of("hour", "day", "week", "month")) {
        assertThat(responses(get("/api/v1/timeseries?by=" + by + "&step=" + step).get("points")))
            .isEqualTo(3);
      }
      assertThat(responses(get("/api/v1/usage?by=" + by).get("shares"))).isEqualTo(3);
    }
    assertThat(get("/api/v1/usage?by=session").get("shares")).hasSize(2);
  }

  private static int responses(JsonNode parts) {
    int sum = 0;
    for (JsonNode part : parts) {
      sum += part.get("totals").get("responses").asInt();
    }
    return sum;
  }

  @Test
  void sessionsAreFilteredSortedAndPaged() {
    assertThat(sessions("")).containsExactly("<b>beta</b>", "alpha");
    assertThat(sessions("?sort=cost")).containsExactly("alpha", "<b>beta</b>");
    assertThat(sessions("?text=LOOM")).containsExactly("alpha");
    assertThat(sessions("?model=claude-nova-9")).containsExactly("alpha");
    assertThat(sessions("?from=2026-11-19&to=2026-11-19")).containsExactly("alpha");
    JsonNode first = get("/api/v1/sessions?limit=1");
    assertThat(first.get("sessions")).hasSize(1);
    JsonNode second = get("/api/v1/sessions?limit=1&after=" + encoded(first.get("next").asText()));
    assertThat(second.get("sessions").findValuesAsText("session")).containsExactly("alpha");
    assertThat(second.get("next").isNull()).isTrue();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private List<String> sessions(String query) {
    List<String> sessions = new ArrayList<>();
    get("/api/v1/sessions" + query)
        .get("sessions")
        .forEach(session -> sessions.add(session.get("session").asText()));
    return sessions;
  }

  @Test
  void sessionExplainsEachResponseDownToItsPlaceAndItsPrice() {
    JsonNode detail = get("/api/v1/sessions/alpha");
    assertThat(detail.get("session").get("durationSeconds").asInt()).isEqualTo(37_800);
    JsonNode response = detail.get("responses").get(0);
    assertThat(response.get("file").asText()).isEqualTo("/t/a.jsonl");
    assertThat(response.get("offset").asInt()).isEqualTo(42);
    assertThat(response.get("why").get(0).asText()).contains("26");
    assertThat(response.get("cost").decimalValue()).isPositive();
    assertThat(detail.get("responses").get(1).get("cost").isNull()).as("unknown price").isTrue();
    assertThat(server.get("/api/v1/sessions/nothing", "Cookie", cookie).statusCode())
        .isEqualTo(404);
  }

  @Test
  void qualityLimitsAndPricesAreTold() {
    JsonNode quality = get("/api/v1/quality");
    assertThat(quality.get("devices").findValuesAsText("damagedLines")).contains("1");
    JsonNode limit = get("/api/v1/limits").get("limits").get(0);
    assertThat(limit.get("name").asText()).isEqualTo("tower");
    assertThat(limit.get("ageSeconds").asInt()).isEqualTo(60);
    assertThat(get("/api/v1/prices").get("unpriced").get(0).asText()).isEqualTo("claude-nova-9");
  }

  @Test
  void creditsAreToldWithWhatIsLeft() {
    String device = server.registry.devices().list().getFirst().id().text();
    server.readings.add(
        new DeviceId(device),
        new QuotaReadings(
            List.of(),
            List.of(
                new CreditReading(
                    "openrouter",
                    new Usd(100_000_000_000L),
                    new Usd(25_500_000_000L),
                    NOON.minusSeconds(30),
                    "openrouter"))),
        Poll.first("quota/openrouter"));
    JsonNode credit = get("/api/v1/limits").get("credits").get(0);
    assertThat(credit.get("remaining").decimalValue()).isEqualByComparingTo("74.5");
    assertThat(credit.get("ageSeconds").asInt()).isEqualTo(30);
  }

  @Test
  void windowThatHasBegunAnewHasNoPercentage() {
    deliver(
        server.device("third"),
        "{\"type\":\"limit\",\"window\":\"five_hour\",\"utilization\":0.75,"
            + "\"resetsAt\":\"2026-11-20T12:10:00Z\","
            + "\"at\":\"2026-11-20T11:59:00Z\",\"origin\":\"statusline\"}");
    assertThat(get("/api/v1/limits").findValuesAsText("utilization")).contains("0.75");
    server.clock(NOON.plusSeconds(600));
    assertThat(get("/api/v1/limits").findValuesAsText("utilization"))
        .containsExactlyInAnyOrder("0.25", "null");
  }

  @Test
  void retentionIsShownBeforeItIsDoneAndKeepsTheSums() {
    assertThat(get("/api/v1/retention?days=1").get("responses").asInt()).isZero();
    at("2026-11-23T12:00:00Z");
    assertThat(get("/api/v1/retention?days=1").get("responses").asInt()).isEqualTo(3);
    var done =
        server.post(
            "/api/v1/retention", "{\"days\":1}", "Cookie", cookie, "Sec-Fetch-Site", "same-origin");
    assertThat(server.json(done).get("deleted").asInt()).isEqualTo(3);
    assertThat(get("/api/v1/usage?from=2026-11-01").get("shares")).hasSize(2);
    assertThat(
            server
                .json(
                    server.post(
                        "/api/v1/verify", "", "Cookie", cookie, "Sec-Fetch-Site", "same-origin"))
                .get("sound")
                .asBoolean())
        .isTrue();
  }

  @Test
  void nonsenseIsRefusedWithWhatIsExpected() {
    for (String path :
        List.of(
            "/api/v1/overview?from=yesterday",
            "/api/v1/overview?tz=Mars/Olympus",
            "/api/v1/overview?from=2026-11-20&to=2026-11-01",
            "/api/v1/timeseries?by=weather",
            "/api/v1/timeseries?step=blink",
            "/api/v1/sessions?after=x",
            "/api/v1/sessions?limit=1000000",
            "/api/v1/sessions?text=" + "x".repeat(2_000))) {
      var answer = server.get(path, "Cookie", cookie);
      assertThat(answer.statusCode()).as(path).isEqualTo(422);
      assertThat(server.json(answer).get("detail").asText()).as(path).isNotEmpty();
    }
  }

  private JsonNode get(String path) {
    var answer = server.get(path, "Cookie", cookie);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return server.json(answer);
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

  private static String usage(
      String message, String at, String session, String project, String model, long output) {
    return "{\"type\":\"usage\",\"message\":\""
        + message
        + "\",\"at\":\""
        + at
        + "\",\"model\":\""
        + model
        + "\",\"input\":26,\"output\":"
        + output
        + ",\"stopReason\":\"end_turn\",\"session\":\""
        + session
        + "\",\"project\":\""
        + project
        + "\",\"file\":\"/t/a.jsonl\",\"offset\":42}";
  }
}
