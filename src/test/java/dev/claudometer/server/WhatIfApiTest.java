package dev.claudometer.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A million tokens of input: $4 of Opus 5.5 on the laptop, $2 of Sonnet 5.5 on the tower.
class WhatIfApiTest {

  private static final Instant NOW = Instant.parse("2026-11-20T15:00:00Z");

  private TestServer server;
  private String cookie;

  @BeforeEach
  void start(@TempDir Path directory) {
    server =
        new TestServer(
            SqliteStore.database(directory.resolve("server.db"), Durability.PROCESS),
            TestServer.Setup.USUAL);
    server.clock(NOW);
    cookie = server.login("vic", Role.VIEWER);
    send("laptop", "claude-opus-5-5", "2026-10-30");
    send("tower", "claude-sonnet-5-5", "2026-11-20");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void sameUsageIsPricedAgain() {
    JsonNode answer = get("?from=2026-10-01&replace=opus%3Dsonnet");
    assertThat(answer.get("cost").asInt()).isEqualTo(6);
    assertThat(answer.get("costThen").asInt()).isEqualTo(4);
    assertThat(answer.at("/changes/0/session").asText()).isEqualTo("s-laptop");
    assertThat(get("?replace=opus%3Dsonnet").get("cost").asInt()).as("this month").isEqualTo(2);
  }

  @Test
  void eachMonthOfAPlanIsARow() {
    JsonNode answer = get("?from=2026-10-01&plan=pro&tz=UTC");
    assertThat(answer.get("rows").findValuesAsText("name")).containsExactly("2026-10", "2026-11");
    assertThat(answer.get("costThen").asInt()).isEqualTo(40);
    assertThat(answer.get("costDifference").asInt()).isEqualTo(34);
    assertThat(answer.get("unsaid").asText()).as("20 November").contains("only in part");
    assertThat(get("?from=2026-10-01&to=2026-10-31&plan=pro&tz=UTC").get("unsaid").asText())
        .contains("limits --why")
        .doesNotContain("only in part");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?cacheTtl=2h",
        "?replace=opus",
        "?replace=opus%3Doracle",
        "?plan=team",
        "?contract=true",
        "?contract=true&shortPrompts=true",
        "?plan=pro&contract=true"
      })
  void oneRuleThatIsKnownIsNeeded(String query) {
    assertThat(server.get("/api/v1/what-if" + query, "Cookie", cookie).statusCode()).isEqualTo(422);
  }

  private JsonNode get(String query) {
    var answer = server.get("/api/v1/what-if" + query, "Cookie", cookie);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return server.json(answer);
  }

  private void send(String device, String model, String day) {
    var taken =
        server.post(
            "/api/v1/events",
            ("{'protocol':1,'observations':[{'type':'usage','message':'m-D','request':'r-D','at':'"
                    + day
                    + "T12:00:00Z','model':'"
                    + model
                    + "','input':1000000,'output':0,'stopReason':'end_turn','session':'s-D','project':'-p'}]}")
                .replace('\'', '"')
                .replace("-D", "-" + device),
            "X-Device-Key",
            server.device(device));
    assertThat(taken.body()).contains("\"rejected\":[]");
  }
}
