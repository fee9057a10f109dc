package dev.claudometer.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledBucket;
import dev.claudometer.model.BilledBucket.Line;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.Measure;
import dev.claudometer.model.OrganizationEntry;
import dev.claudometer.model.OrganizationEntry.Kind;
import dev.claudometer.store.poll.Poll;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrganizationApiTest {

  private static final Instant DAY = Instant.parse("2026-11-20T00:00:00Z");

  private TestServer server;
  private String cookie;

  @BeforeEach
  void start(@TempDir Path place) {
    server =
        new TestServer(
            SqliteStore.database(place.resolve("server.db"), Durability.POWER_CUT),
            TestServer.Setup.USUAL);
    server.clock(DAY.plusSeconds(43_200));
    cookie = server.login("ada", Role.ADMIN);
    server.billing.name(
        List.of(
            new OrganizationEntry(Kind.ORGANIZATION, "o", "Acme", "", "", "", ""),
            new OrganizationEntry(Kind.WORKSPACE, "w1", "Build", "", "", "", "")),
        Poll.first("names"));
    server.billing.put(
        List.of(
            new BilledBucket(
                BilledReport.COST,
                DAY,
                DAY.plusSeconds(86_400),
                DAY.plusSeconds(60),
                List.of(line("w1", 1_237_891_200L), line("", 1L)))),
        Poll.first("cost"));
  }

  private static Line line(String workspace, long nanos) {
    return new Line(
        new BilledGroup(
            Map.of(BilledDimension.WORKSPACE, workspace, BilledDimension.DESCRIPTION, "x")),
        new BilledAmounts(Map.of(Measure.COST, nanos)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void bucketsAreSplitAsAskedAndMoneyIsExact() {
    JsonNode answer = get("/api/v1/organization/buckets?by=workspace");
    assertThat(answer.get("buckets")).hasSize(2);
    JsonNode build = answer.get("buckets").get(1);
    assertThat(build.get("at").asText()).isEqualTo("2026-11-20T00:00:00Z");
    assertThat(build.get("group").toString())
        .isEqualTo("{\"workspace\":{\"id\":\"w1\",\"name\":\"Build\"}}");
    assertThat(build.get("amounts").get("cost").decimalValue()).isEqualByComparingTo("1.2378912");
    assertThat(build.get("amounts").get("requests").isNull()).as("unknown").isTrue();
    assertThat(answer.get("buckets").get(0).get("group").toString())
        .isEqualTo("{\"workspace\":{\"id\":null,\"name\":\"default\"}}");
    assertThat(
            get("/api/v1/organization/buckets?report=cost&from=2026-11-20&to=2026-11-20")
                .at("/buckets/0/amounts/cost")
                .decimalValue())
        .isEqualByComparingTo("1.237891201");
  }

  @Test
  void whatIsKnownIsSaidAndWhatIsNot() {
    JsonNode answer = get("/api/v1/organization");
    assertThat(answer.get("name").asText()).isEqualTo("Acme");
    assertThat(answer.at("/reports/1/report").asText()).isEqualTo("COST");
    assertThat(answer.at("/reports/1/to").asText()).isEqualTo("2026-11-21T00:00:00Z");
    assertThat(answer.at("/reports/0/from").isNull()).isTrue();
  }

  /// Two days: on the first one Priority Tier beside a cost row, on the second one it alone.
  private void usePriorityTier() {
    for (Instant day : List.of(DAY, DAY.plusSeconds(86_400))) {
      var group =
          new BilledGroup(
              Map.of(
                  BilledDimension.WORKSPACE, "w1",
                  BilledDimension.MODEL, "claude-opus-4-6",
                  BilledDimension.SERVICE_TIER, "priority"));
      var used =
          new BilledAmounts(
              Map.of(
                  Measure.INPUT, 700L,
                  Measure.OUTPUT, 7L,
                  Measure.CACHE_READ, 30L,
                  Measure.CACHE_WRITE_5M, 20L,
                  Measure.CACHE_WRITE_1H, 10L));
      server.billing.put(
          List.of(
              new BilledBucket(
                  BilledReport.MESSAGES,
                  day,
                  day.plusSeconds(3_600),
                  day.plusSeconds(3_600),
                  List.of(new Line(group, used)))),
          Poll.first("messages"));
      server.billing.put(
          List.of(
              new BilledBucket(
                  BilledReport.COST,
                  day,
                  day.plusSeconds(86_400),
                  day.plusSeconds(90_000),
                  day.equals(DAY) ? List.of(line("w1", 1_237_891_200L), line("", 1L)) : List.of())),
          Poll.first("cost"));
    }
  }

  @Test
  void priorityTierIsNamedBesideTheDollarsThatLackIt() {
    usePriorityTier();
    JsonNode buckets =
        get("/api/v1/organization/buckets?by=workspace&from=2026-11-20&to=2026-11-21")
            .get("buckets");
    assertThat(buckets).hasSize(3);
    assertThat(buckets.get(0).get("unbilledTokens").asLong()).as("default workspace").isZero();
    assertThat(buckets.get(1).get("unbilledTokens").asLong()).isEqualTo(767);
    assertThat(buckets.get(1).at("/amounts/cost").decimalValue()).isEqualByComparingTo("1.2378912");
    assertThat(buckets.get(2).get("unbilledTokens").asLong()).isEqualTo(767);
    assertThat(buckets.get(2).at("/amounts/cost").isNull()).isTrue();
    String days = file("days");
    assertThat(days)
        .contains(
            "unbilledTokens", "2026-11-20,1.237891201,,,,,767\r\n", "2026-11-21,,,,,,767\r\n");
    assertThat(file("compared"))
        .contains("2026-11-21,claude-opus-4-6,0,,,0,700,700,0,7,7,0,30,30,0,30,30,0,767\r\n");
    assertThat(
            server
                .get("/organization/reports?from=2026-11-20&to=2026-11-21", "Cookie", cookie)
                .body())
        .contains("$1.24+");
  }

  private String file(String table) {
    return server
        .get(
            "/organization/reports?from=2026-11-20&to=2026-11-21&as=csv&table=" + table,
            "Cookie",
            cookie)
        .body();
  }

  @Test
  void nonsenseIsRefusedInWords() {
    for (String query : List.of("by=color", "report=x", "step=week", "from=yesterday")) {
      assertThat(server.get("/api/v1/organization/buckets?" + query, "Cookie", cookie).statusCode())
          .as(query)
          .isEqualTo(422);
    }
  }

  private JsonNode get(String path) {
    var answer = server.get(path, "Cookie", cookie);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return server.json(answer);
  }
}
