package dev.claudometer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.store.TimeRange;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import dev.claudometer.usage.Totals;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the daemon of claude-code-prometheus says and hears, byte for byte.
class PeerProtocolTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private TestServer server;
  private String key;

  @BeforeEach
  void start(@TempDir Path directory) {
    server =
        new TestServer(
            SqliteStore.database(directory.resolve("server.db"), Durability.POWER_CUT),
            TestServer.Setup.USUAL);
    server.clock(NOON);
    key = server.device("laptop");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void entriesAreStoredOnceHoweverOftenTheDaemonSendsThem() {
    String body = "{\"entries\":[" + entry("s1", 1) + "," + entry("s1", 2) + "]}";
    HttpResponse<String> answer = push(body);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"success\":true,\"processed\":2}");
    assertThat(answer.headers().firstValue("X-RateLimit-Limit")).contains("60");
    assertThat(answer.headers().firstValue("X-RateLimit-Remaining")).contains("59");
    assertThat(answer.headers().firstValue("X-RateLimit-Reset")).contains("2026-11-20T12:01:00Z");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    push(body);
    push(body);
    assertThat(total().responses()).isEqualTo(2);
    assertThat(total().tokens().cacheWrite5m()).isEqualTo(60);
  }

  @Test
  void emptyPushTestsTheKey() {
    assertThat(push("{\"entries\":[]}").body()).isEqualTo("{\"success\":true,\"processed\":0}");
    server.sightings.flush();
    assertThat(server.registry.devices().list().getFirst().lastSeen()).isEqualTo(NOON);
    HttpResponse<String> wrong =
        server.post("/api/usage", "{\"entries\":[]}", "X-Device-Key", "dk_wrong");
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(wrong.body()).isEqualTo("{\"success\":false,\"error\":\"Invalid API key\"}");
    HttpResponse<String> none = server.post("/api/usage", "{\"entries\":[]}");
    assertThat(none.statusCode()).isEqualTo(401);
    assertThat(none.body())
        .isEqualTo(
            "{\"success\":false,\"error\":\"API key required in X-Device-Key header or request"
                + " body\"}");
  }

  @Test
  void keyMayStandInTheBodyAndTheHeaderWins() {
    String body = "{\"deviceApiKey\":\"" + key + "\",\"entries\":[" + entry("s1", 1) + "]}";
    assertThat(server.post("/api/usage", body).statusCode()).isEqualTo(200);
    assertThat(server.post("/api/usage", body, "X-Device-Key", "dk_wrong").statusCode())
        .isEqualTo(401);
  }

  @Test
  void keyIsLookedAtBeforeTheBody() {
    assertThat(server.post("/api/usage", "{\"entries\":[{}]}").statusCode()).isEqualTo(401);
    assertThat(server.post("/api/usage", "nonsense", "X-Device-Key", "dk_wrong").statusCode())
        .isEqualTo(401);
    HttpResponse<String> answer = push("{\"entries\":[{}]}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .startsWith(
            "{\"success\":false,\"error\":\"Invalid request body\",\"details\":{\"formErrors\":[],"
                + "\"fieldErrors\":{\"entries\":[");
    HttpResponse<String> nonsense = push("nonsense");
    assertThat(nonsense.statusCode()).isEqualTo(500);
    assertThat(nonsense.body())
        .isEqualTo("{\"success\":false,\"error\":\"Internal server error\"}");
  }

  @Test
  void sixtyPushesAMinuteAreTheLimit() {
    for (int i = 0; i < 60; i++) {
      assertThat(push("{\"entries\":[]}").statusCode()).isEqualTo(200);
    }
    HttpResponse<String> answer = push("{\"entries\":[]}");
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.body())
        .isEqualTo("{\"success\":false,\"error\":\"Rate limit exceeded\",\"retryAfter\":60}");
    assertThat(answer.headers().firstValue("Retry-After")).contains("60");
    assertThat(answer.headers().firstValue("X-RateLimit-Remaining")).contains("0");
    String other = server.device("tower");
    assertThat(server.post("/api/usage", "{\"entries\":[]}", "X-Device-Key", other).statusCode())
        .isEqualTo(200);
  }

  @Test
  void registrationNeedsACodeOrAnAdministrator() {
    String body = "{\"name\":\"laptop\",\"hostname\":\"host\"}";
    assertThat(server.post("/api/devices/register", body).statusCode()).isEqualTo(401);
    String admin = server.login("ada", Role.ADMIN);
    HttpResponse<String> registered =
        server.post(
            "/api/devices/register", body, "Cookie", admin, "Sec-Fetch-Site", "same-origin");
    assertThat(registered.statusCode()).isEqualTo(201);
    assertThat(registered.body()).matches("\\{\"deviceId\":\"d_[^\"]+\",\"apiKey\":\"dk_[^\"]+\"}");
    String issued = server.json(registered).get("apiKey").asText();
    assertThat(
            server
                .post(
                    "/api/usage", "{\"entries\":[" + entry("s9", 1) + "]}", "X-Device-Key", issued)
                .statusCode())
        .isEqualTo(200);
    String code =
        server
            .json(
                server.post(
                    "/api/v1/enrolment-codes",
                    "{}",
                    "Cookie",
                    admin,
                    "Sec-Fetch-Site",
                    "same-origin"))
            .get("code")
            .asText();
    assertThat(
            server
                .post("/api/devices/register", body.replace("}", ",\"code\":\"" + code + "\"}"))
                .statusCode())
        .isEqualTo(201);
    HttpResponse<String> nameless = server.post("/api/devices/register", "{\"name\":\"\"}");
    assertThat(nameless.statusCode()).isEqualTo(400);
    assertThat(nameless.body()).contains("\"fieldErrors\"").contains("\"hostname\":[\"Required\"]");
  }

  @Test
  void elevenRegistrationsAnHourFromOneAddressAreTooMany() {
    for (int i = 0; i < 10; i++) {
      server.post("/api/devices/register", "{}");
    }
    assertThat(server.post("/api/devices/register", "{}").statusCode()).isEqualTo(429);
  }

  @Test
  void healthHasThePeersFields() {
    var health = server.json(server.get("/api/health", "X-Device-Key", key));
    assertThat(health.get("status").asText()).isEqualTo("healthy");
    assertThat(health.get("timestamp").asText()).isEqualTo("2026-11-20T12:00:00Z");
    assertThat(health.get("database").asText()).isEqualTo("connected");
    assertThat(health.get("redis").get("enabled").asBoolean()).isFalse();
  }

  private HttpResponse<String> push(String body) {
    return server.post("/api/usage", body, "X-Device-Key", key);
  }

  private Totals total() {
    return server.store.sums(TimeRange.ALL, Set.of()).getFirst().totals();
  }

  private static String entry(String session, int second) {
    return "{\"sessionId\":\""
        + session
        + "\",\"project\":\"-home-ada-loom\",\"timestamp\":\"2026-11-20T11:00:0"
        + second
        + ".000Z\",\"type\":\"assistant\",\"inputTokens\":10,\"outputTokens\":20,"
        + "\"cacheCreationTokens\":30,\"cacheReadTokens\":40}";
  }
}
