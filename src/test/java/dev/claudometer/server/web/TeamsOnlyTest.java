package dev.claudometer.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.claudometer.server.TestServer;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.registry.Registry.Deed;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where viewers and leads see sums of teams only.
class TeamsOnlyTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final String NOVEMBER = "?from=2026-11-01&to=2026-11-30";

  @TempDir private Path place;
  private TestServer server;

  /// Five weavers with 100, 200, … 500 output tokens, four dyers with 1,000 each.
  @BeforeEach
  void start() {
    server =
        new TestServer(
            SqliteStore.database(place.resolve("server.db"), Durability.PROCESS),
            TestServer.Setup.USUAL);
    server.clock(NOON);
    for (int i = 1; i <= 5; i++) {
      person("weaver" + i, "weavers", 100L * i);
    }
    for (int i = 1; i <= 4; i++) {
      person("dyer" + i, "dyers", 1_000);
    }
    server.method(
        "PATCH",
        "/api/v1/settings",
        "{\"viewersSee\":\"teams\"}".getBytes(UTF_8),
        "Cookie",
        server.login("root", Role.ADMIN),
        "Sec-Fetch-Site",
        "same-origin",
        "Content-Type",
        "application/json");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void person(String name, String team, long output) {
    String key = new Office(server, NOON).machine(name + "-laptop", name);
    server.registry.change(
        new Deed("test", "", "team.change", name, "", NOON),
        () -> {
          server.registry.teams().put(name, team);
          return name;
        });
    new Visit(server)
        .deliver(
            key,
            Visit.usage(
                name,
                "2026-11-10T10:00:00Z",
                "s-" + name,
                "-home-" + name,
                "claude-opus-5",
                output));
  }

  @Test
  void teamOfFiveIsToldAndOneOfFourIsNotEvenNamed() {
    String viewer = server.login("weaver2", Role.VIEWER);
    JsonNode sums = server.json(server.get("/api/v1/team-usage" + NOVEMBER, "Cookie", viewer));
    assertThat(sums.get("teams")).hasSize(1);
    assertThat(sums.at("/teams/0/team").asText()).isEqualTo("weavers");
    assertThat(sums.at("/teams/0/people").asInt()).isEqualTo(5);
    assertThat(sums.at("/teams/0/totals/output").asLong()).isEqualTo(1_500);
    assertThat(sums.get("withheld").asInt()).isEqualTo(1);
    assertThat(sums.toString()).doesNotContain("dyer", "weaver2");
  }

  @Test
  void periodInWhichFewerThanFiveUsedSomethingTellsNothing() {
    String viewer = server.login("vic", Role.VIEWER);
    JsonNode sums = server.json(server.get("/api/v1/team-usage?from=2026-11-11", "Cookie", viewer));
    assertThat(sums.get("teams")).isEmpty();
    assertThat(
            server
                .get("/api/v1/team-usage?from=2026-11-10T09:00:00Z", "Cookie", viewer)
                .statusCode())
        .as("an hour may be one person's")
        .isEqualTo(422);
  }

  @Test
  void pageHasTheOwnRowAndTeams() {
    String page =
        server
            .get(
                "/people-usage" + NOVEMBER,
                "Cookie",
                server.login("weaver2", Role.LEAD),
                "Accept",
                "text/html")
            .body();
    assertThat(page)
        .contains("weaver2", "weavers", "1,500", "without 1 of which fewer than 5 people")
        .doesNotContain("weaver1", "weaver3", "dyer");
    assertThat(
            server
                .get(
                    "/people-usage" + NOVEMBER + "&table=teams&as=csv",
                    "Cookie",
                    server.login("vic", Role.VIEWER))
                .body())
        .contains("weavers,5,")
        .doesNotContain("dyers", "weaver1");
  }
}
