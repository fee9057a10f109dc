package dev.claudometer.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.Claudometer;
import dev.claudometer.collect.OrganizationPoll;
import dev.claudometer.collect.PollLog;
import dev.claudometer.fetch.Patience;
import dev.claudometer.fetch.Service;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.server.TestServer;
import dev.claudometer.source.adminapi.AdminApi;
import dev.claudometer.source.adminapi.AdminKey;
import dev.claudometer.source.adminapi.AdminSimulator;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An organisation of 75 days, as finance looks at it: asked of Anthropic page by page, and shown
/// with the same numbers wherever somebody looks.
class SeventyFiveDaysTest {

  private static final int DAYS = 75;
  private static final Instant FIRST = Instant.parse("2026-09-08T00:00:00Z");
  private static final Instant NOW = FIRST.plus(Duration.ofDays(DAYS)).plusSeconds(1_800);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;
  private AdminSimulator simulator;

  @BeforeEach
  void organisation() throws InterruptedException, IOException {
    var random = new Random(75);
    try (var simulated = new AdminSimulator(NOW);
        var books = new Books(directory)) {
      simulator = simulated;
      books.plan(new DeviceId("d_plan"));
      for (int day = 0; day < DAYS; day++) {
        day(books, FIRST.plus(Duration.ofDays(day)), random);
      }
      simulated.lists.put(
          "api_keys",
          List.of(
              "{\"id\":\"apikey_1\",\"name\":\"claude_code_key_ada\",\"status\":\"active\",\"created_by\":{\"id\":\"user_1\"}}",
              "{\"id\":\"apikey_2\",\"name\":\"ci-nightly\",\"status\":\"active\",\"created_by\":null}"));
      simulated.lists.put(
          "users", List.of("{\"id\":\"user_1\",\"email\":\"ada@x.example\",\"name\":\"Ada\"}"));
      poll(books, NOW);
    }
  }

  private void day(Books books, Instant day, Random random) {
    long counted = random.nextInt(1_000_000);
    String at = day.plusSeconds(random.nextInt(86_000)).toString();
    books.counted(at, "claude-opus-5-5", counted);
    books.counted(
        new DeviceId(random.nextBoolean() ? "d_plan" : "d_2"),
        at,
        "claude-sonnet-5-5",
        new TokenCounts(random.nextInt(1_000_000), 9, 0, 0, 0),
        1,
        "",
        null);
    simulator.messages.put(
        day.plusSeconds(3_600 * 9),
        List.of(
            AdminSimulator.usage("apikey_1", "claude-opus-5-5", counted + random.nextInt(9_000), 7),
            random.nextInt(5) == 0
                ? AdminSimulator.priority("apikey_2", "claude-opus-5-5", 800, 1)
                : AdminSimulator.usage("apikey_2", "claude-sonnet-5-5", 700, 5)));
    simulator.costs.put(
        day,
        List.of(
            AdminSimulator.cost(random.nextInt(900) + ".123456", null, "Opus"),
            AdminSimulator.cost(random.nextInt(90) - 30 + ".5", "wrkspc_1", "Other")));
    simulator.claudeCode.put(
        day.toString().substring(0, 10), List.of(AdminSimulator.record("ada@x.example", 2, 3)));
  }

  private void poll(Books books, Instant now) throws InterruptedException {
    simulator.now = now;
    try (var api =
        new AdminApi(
            new Service(simulator.url(), Duration.ofSeconds(20)),
            AdminKey.of("sk-ant-admin01-test"),
            "test",
            new Patience(1, _ -> {}, new Random(1)))) {
      assertThat(
              new OrganizationPoll(api, books.billing, () -> now, PollLog.NONE, FIRST)
                  .run()
                  .failures())
          .isEmpty();
    }
  }

  @Test
  void everySurfaceHasTheSameNumbersInEverySplit() throws IOException {
    try (var server = server()) {
      String cookie = server.login("fay", Role.FINANCE);
      for (By by : By.values()) {
        String name = by.name().toLowerCase(Locale.ROOT);
        JsonNode told =
            server.json(
                server.get(
                    "/api/v1/reconcile?from=2026-09-08&to=2026-11-21&tz=UTC&by=" + name,
                    "Cookie",
                    cookie));
        isExact(told);
        List<String> period =
            List.of("--since", "2026-09-08", "--until", "2026-11-21", "-z", "UTC");
        assertThat(JSON.readTree(run(period, "--by", name, "--json"))).isEqualTo(told);
        assertThat(amounts(run(period, "--by", name, "--csv"), "countedCost", "billedCost"))
            .isEqualTo(amounts(told));
        assertThat(
                amounts(
                    server
                        .get(
                            "/organization?from=2026-09-08&to=2026-11-21&as=csv&table=reconciled-"
                                + name,
                            "Cookie",
                            cookie)
                        .body(),
                    "countedUsd",
                    "billedUsd"))
            .isEqualTo(amounts(told));
      }
      JsonNode month =
          server.json(server.get("/api/v1/reconcile?month=2026-11&tz=UTC", "Cookie", cookie));
      assertThat(scraped(server)).isEqualTo(parts(month));
    }
  }

  @Test
  void whatComesAfterTheMonthWasClosedIsACorrectionEverywhere() throws IOException {
    assertThat(run(List.of(), "--close", "2026-10")).startsWith("2026-10 closed on ");
    try (var books = new Books(directory)) {
      books.ids("late_");
      books.counted("2026-10-05T10:00:00Z", "claude-opus-5-5", 1_000_000);
    }
    try (var server = server()) {
      String cookie = server.login("fay", Role.FINANCE);
      JsonNode closed =
          server.json(server.get("/api/v1/reconcile/closed?month=2026-10", "Cookie", cookie));
      assertThat(JSON.readTree(run(List.of(), "--closed", "2026-10", "--json")).get("corrections"))
          .isEqualTo(closed.get("corrections"));
      assertThat(closed.get("corrections").valueStream())
          .allSatisfy(one -> assertThat(one.get("day").asText()).isEqualTo("2026-10-05"))
          .anySatisfy(
              one -> {
                assertThat(one.get("what").asText()).isEqualTo("counted");
                assertThat(
                        one.get("cost")
                            .decimalValue()
                            .subtract(one.get("costBefore").decimalValue()))
                    .isEqualByComparingTo("4");
              });
      assertThat(server.get("/organization?from=2026-10-01&to=2026-10-31", "Cookie", cookie).body())
          .contains("Corrections since then:", "2026-10-05, counted:");
    }
  }

  private TestServer server() {
    var server =
        new TestServer(
            SqliteStore.database(directory.resolve("server.db"), Durability.PROCESS),
            TestServer.Setup.USUAL);
    server.clock(NOW);
    return server;
  }

  /// Counted and all causes come to what was billed.
  private static void isExact(JsonNode told) {
    BigDecimal sum = told.get("countedCost").decimalValue();
    for (JsonNode cause : told.get("causes")) {
      sum = sum.add(cause.get("cost").decimalValue());
    }
    assertThat(sum).isEqualByComparingTo(told.get("billedCost").decimalValue());
  }

  /// What was counted and billed, by row.
  private static Map<String, List<String>> amounts(JsonNode told) {
    Map<String, List<String>> amounts = new HashMap<>();
    for (JsonNode row : told.get("rows")) {
      amounts.put(
          row.get("name").asText(),
          List.of(plain(row.get("countedCost")), plain(row.get("billedCost"))));
    }
    return amounts;
  }

  private static String plain(JsonNode amount) {
    return amount.isNull() ? "" : amount.decimalValue().stripTrailingZeros().toPlainString();
  }

  private static Map<String, List<String>> amounts(String csv, String counted, String billed) {
    List<String> lines = csv.lines().toList();
    List<String> head = List.of(lines.getFirst().split(",", -1));
    Map<String, List<String>> amounts = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> cells = List.of(line.split(",", -1));
      amounts.put(
          cells.getFirst(),
          List.of(cells.get(head.indexOf(counted)), cells.get(head.indexOf(billed))));
    }
    amounts.remove("total");
    return amounts;
  }

  private static Map<String, BigDecimal> parts(JsonNode month) {
    Map<String, BigDecimal> parts = new HashMap<>();
    parts.put("counted", plainNumber(month.get("countedCost")));
    parts.put("billed", plainNumber(month.get("billedCost")));
    parts.put("unknown", BigDecimal.ZERO);
    month
        .get("causes")
        .forEach(cause -> parts.put(cause.get("cause").asText(), plainNumber(cause.get("cost"))));
    return parts;
  }

  private static BigDecimal plainNumber(JsonNode amount) {
    return new BigDecimal(plain(amount));
  }

  private static Map<String, BigDecimal> scraped(TestServer server) {
    Map<String, BigDecimal> parts = new HashMap<>();
    server
        .get("/metrics", "Authorization", "Bearer " + TestServer.SCRAPER)
        .body()
        .lines()
        .filter(line -> line.startsWith("claudometer_reconciled_usd{"))
        .forEach(
            line ->
                parts.put(
                    line.replaceAll(".*part=\"([^\"]*)\".*", "$1"),
                    new BigDecimal(
                        new BigDecimal(line.replaceAll(".* ", ""))
                            .stripTrailingZeros()
                            .toPlainString())));
    return parts;
  }

  private String run(List<String> period, String... arguments) {
    var out = new ByteArrayOutputStream();
    var stream = new PrintStream(out, false, UTF_8);
    var surroundings =
        new Surroundings(
            Map.of("XDG_STATE_HOME", directory.resolve("state").toString()),
            directory,
            InputStream.nullInputStream(),
            stream,
            stream,
            InstantSource.fixed(NOW),
            UTC,
            0,
            false);
    List<String> all =
        new ArrayList<>(
            List.of(
                "reconcile", "--offline", "--database", "file:" + directory.resolve("server.db")));
    all.addAll(period);
    all.addAll(List.of(arguments));
    assertThat(Claudometer.run(surroundings, all.toArray(String[]::new)))
        .as(out.toString(UTF_8))
        .isZero();
    return out.toString(UTF_8);
  }
}
