package dev.claudometer.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.server.TestServer;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of a page's tables hold all that the page is about, and say what is unknown.
class ExportedTablesTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final String PRICED = "claude-opus-5";
  private static final String UNPRICED = "claude-nova-9";

  private TestServer server;
  private Visit visit;
  private String cookie;

  @BeforeEach
  void start(@TempDir Path directory) {
    server =
        new TestServer(
            SqliteStore.database(directory.resolve("server.db"), Durability.PROCESS),
            TestServer.Setup.USUAL);
    server.clock(NOON);
    visit = new Visit(server);
    cookie = server.login("ada", Role.ADMIN);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void fileOfSessionsHasAllThatTheFilterMatches() {
    List<String> elements = new ArrayList<>();
    for (int i = 0; i < 230; i++) {
      elements.add(
          use(
              "m" + i,
              NOON.minusSeconds(i * 60L),
              "s" + i,
              i % 10 == 0 ? "-shop" : "-loom",
              PRICED));
    }
    visit.deliver(server.device("laptop"), elements.toArray(String[]::new));
    assertThat(new HashSet<>(column("/sessions?table=sessions&as=csv", "session"))).hasSize(230);
    assertThat(column("/sessions?project=-shop&table=sessions&as=csv", "session")).hasSize(23);
    assertThat(get("/sessions?table=sessions&as=json").split("\"session\":", -1)).hasSize(231);
    String device = server.registry.devices().list().getFirst().id().text();
    assertThat(column("/devices/" + device + "?table=sessions&as=csv", "session")).hasSize(230);
    assertThat(get("/sessions").split("/session\\?id=", -1)).as("a page has some").hasSize(21);
  }

  @Test
  void fileOfTheAuditLogHasAllEntries() {
    for (int i = 0; i < 1_100; i++) {
      server.registry.change(
          new dev.claudometer.store.registry.Registry.Deed(
              "test", "", "note", "n" + System.nanoTime(), "", NOON),
          () -> "");
    }
    assertThat(column("/audit?table=audit&as=csv", "number"))
        .hasSizeGreaterThan(1_100)
        .endsWith("2", "1");
  }

  @Test
  void fileOfASessionHasAllThatHappenedInIt() {
    List<String> elements = new ArrayList<>();
    for (int i = 0; i < 2_103; i++) {
      elements.add(use("m" + i, NOON.minusSeconds(9_000 - i), "alpha", "-loom", PRICED));
    }
    visit.deliver(server.device("laptop"), elements.toArray(String[]::new));
    List<String> what = column("/session?id=alpha&table=timeline&as=csv", "what");
    assertThat(what).hasSize(2_103);
  }

  @Test
  void whatHasNoPriceIsNotFree() {
    visit.deliver(
        server.device("laptop"),
        use("m1", NOON.minusSeconds(60), "alpha", "-loom", PRICED),
        use("m2", NOON.minusSeconds(50), "alpha", "-loom", UNPRICED),
        use("m3", NOON.minusSeconds(40), "beta", "-shop", UNPRICED));
    assertThat(column("/models?table=models&as=csv", "costUsd")).containsExactly("0.03713", "");
    assertThat(column("/models?table=models&as=csv", "unpriced")).containsExactly("0", "2");
    assertThat(column("/projects?table=projects&as=csv", "costUsd")).containsExactly("0.03713", "");
    assertThat(column("/projects?table=projects&as=csv", "unpriced")).containsExactly("1", "1");
    assertThat(column("/sessions?sort=cost&table=sessions&as=csv", "costUsd"))
        .containsExactly("0.03713", "");
    assertThat(get("/models")).contains("unpriced");
    for (String page : List.of("/", "/projects", "/sessions", "/models", "/branches", "/devices")) {
      assertThat(get(page))
          .as(page)
          .containsPattern("\\$0\\.04 \\+ [12] unpriced|>\\s*unpriced\\s*<");
    }
    assertThat(get("/session?id=beta")).containsPattern(">\\s*unpriced\\s*<");
    assertThat(get("/?table=cost&as=csv")).contains(",0.03713,").doesNotContain(",0.03713,0\r");
    assertThat(get("/api/v1/usage?by=model")).contains("\"cost\":null", "\"costCalculated\":null");
  }

  @Test
  void sessionIsInEachDayWithWhatFallsIntoIt() {
    visit.deliver(
        server.device("laptop"),
        use("m1", Instant.parse("2026-11-18T23:59:59Z"), "alpha", "-loom", PRICED),
        use("m2", Instant.parse("2026-11-18T23:59:58Z"), "alpha", "-loom", PRICED),
        use("m3", Instant.parse("2026-11-19T00:00:00Z"), "alpha", "-loom", PRICED));
    for (String day : List.of("2026-11-18", "2026-11-19")) {
      String period = "from=" + day + "&to=" + day;
      String cost = day.endsWith("18") ? "0.07426" : "0.03713";
      assertThat(column("/sessions?" + period + "&table=sessions&as=csv", "costUsd"))
          .containsExactly(cost);
      assertThat(column("/sessions?" + period + "&table=sessions&as=csv", "wholeCostUsd"))
          .containsExactly("0.11139");
      assertThat(column("/projects?" + period + "&table=projects&as=csv", "costUsd"))
          .containsExactly(cost);
    }
  }

  /// Fast mode and the length of the prompt are known of each response: 1 M × (16 − 0.40) and,
  /// above 100,000 tokens, 0.5 M × (0.50 − 0.05) dollars a million.
  @Test
  void cacheSavingsAreTheSameWhereverTheyAreTold() {
    server.clock(Instant.parse("2026-11-28T12:00:00Z"));
    cookie = server.login("eve", Role.ADMIN);
    visit.deliver(
        server.device("laptop"),
        reads("m1", "2026-11-28T10:00:00Z", "claude-fable-5-2", 1_000_000, ",\"speed\":\"fast\""),
        reads("m2", "2026-11-28T10:01:00Z", "claude-haiku-5-5", 500_000, ""),
        reads("m3", "2026-11-22T10:00:00Z", "claude-haiku-5-5", 0, ""));
    String november = "from=2026-11-01&to=2026-11-30&tz=UTC";
    assertThat(get("/api/v1/overview?" + november)).contains("\"cacheSavings\":15.825");
    assertThat(get("/?" + november)).contains("$15.82");
    assertThat(
            get("/metrics")
                .lines()
                .filter(line -> line.startsWith("claude_cache_savings_usd_total{"))
                .map(line -> new BigDecimal(line.substring(line.lastIndexOf(' ') + 1)))
                .reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo("15.825");
  }

  private static String reads(String message, String at, String model, long reads, String more) {
    return "{\"type\":\"usage\",\"message\":\"%s\",\"at\":\"%s\",\"model\":\"%s\",\"input\":0,\"output\":0,\"cacheRead\":%d,\"stopReason\":\"end_turn\",\"session\":\"s\",\"project\":\"p\"%s}"
        .formatted(message, at, model, reads, more);
  }

  private static String use(
      String message, Instant at, String session, String project, String model) {
    return Visit.usage(message, at.toString(), session, project, model, 100);
  }

  private List<String> column(String path, String name) {
    List<String> lines = Arrays.asList(get(path).split("\r\n", -1));
    int place = Arrays.asList(lines.getFirst().split(",", -1)).indexOf(name);
    return lines.subList(1, lines.size() - 1).stream()
        .map(line -> line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1)[place])
        .toList();
  }

  private String get(String path) {
    var answer = server.get(path, "Cookie", cookie);
    assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
    return answer.body();
  }
}
