package dev.claudometer.reconcile;

import static dev.claudometer.reconcile.Books.CI;
import static dev.claudometer.reconcile.Books.CODE;
import static dev.claudometer.reconcile.Books.OPUS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.Claudometer;
import dev.claudometer.model.SpendCap;
import dev.claudometer.model.SpendLimit;
import dev.claudometer.model.Usd;
import dev.claudometer.server.TestServer;
import dev.claudometer.store.poll.Poll;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A bill is reconciled with the same numbers on the command line, over HTTP and in a page's files.
class ReconcileSurfacesTest {

  private static final long MILLION = 1_000_000;

  @TempDir private Path directory = Path.of("");

  @BeforeEach
  void write() {
    try (var books = new Books(directory)) {
      books.counted("2026-11-20T12:00:00Z", OPUS, 2 * MILLION);
      books.counted("2026-11-19T12:00:00Z", "claude-nova-9", MILLION);
      books.used("2026-11-20", CODE, 2 * MILLION);
      books.used("2026-11-20", CI, OPUS, "batch", "us", MILLION);
      books.billed("2026-11-20", "10.2");
      books.billed("2026-11-19", "claude-nova-9", "tokens", "7");
      books.reconcile();
    }
  }

  @Test
  void everySurfaceTellsTheSame() throws IOException {
    JsonNode api;
    String steps;
    String rows;
    String scrape;
    try (var server =
        new TestServer(
            SqliteStore.database(directory.resolve("server.db"), Durability.PROCESS),
            TestServer.Setup.USUAL)) {
      server.clock(Books.NOW);
      String cookie = server.login("ada", Role.FINANCE);
      var answer = server.get("/api/v1/reconcile?month=2026-11&tz=UTC&by=day", "Cookie", cookie);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      api = server.json(answer);
      String page = "/organization?from=2026-11-01&to=2026-11-30&as=csv&table=";
      steps = server.get(page + "reconciled", "Cookie", cookie).body();
      rows = server.get(page + "reconciled-day", "Cookie", cookie).body();
      scrape = server.get("/metrics", "Authorization", "Bearer " + TestServer.SCRAPER).body();
    }
    assertThat(api)
        .isEqualTo(
            new ObjectMapper()
                .readTree(run("--by", "day", "--json", "--month", "2026-11", "-z", "UTC")));
    assertThat(api.get("countedCost").decimalValue()).isEqualByComparingTo("8");
    assertThat(api.get("billedCost").decimalValue()).isEqualByComparingTo("17.2");
    assertThat(api.get("costDifference").decimalValue()).isEqualByComparingTo("9.2");
    assertThat(api.get("unknownCost").decimalValue()).isEqualByComparingTo(BigDecimal.ZERO);
    assertThat(steps.lines().map(line -> line.replaceAll("^([^,]*,[^,]*),.*", "$1")))
        .containsExactly(
            "step,costUsd",
            "Counted here,8",
            "Models without a price,7",
            "Keys and programs without an agent,4",
            "Batch,-2",
            "Inference in a region,0.2",
            "Billed by Anthropic,17.2");
    assertThat(scrape.lines().filter(line -> line.startsWith("claudometer_reconciled_usd{")))
        .containsExactlyInAnyOrder(
            "claudometer_reconciled_usd{part=\"counted\"} 8",
            "claudometer_reconciled_usd{part=\"unpriced\"} 7",
            "claudometer_reconciled_usd{part=\"without_agent\"} 4",
            "claudometer_reconciled_usd{part=\"batch\"} -2",
            "claudometer_reconciled_usd{part=\"region\"} 0.2",
            "claudometer_reconciled_usd{part=\"unknown\"} 0",
            "claudometer_reconciled_usd{part=\"billed\"} 17.2");
    assertThat(rows)
        .isEqualTo(
            """
            day,countedUsd,toldUsd,billedUsd,differenceUsd,unknownUsd,unpricedUsd,without_agentUsd,batchUsd,regionUsd\r
            2026-11-19,,0,7,,0,7,0,0,0\r
            2026-11-20,8,10.2,10.2,2.2,0,0,4,-2,0.2\r
            """);
    assertThat(run("--by", "day", "--csv"))
        .isEqualTo(
            """
            day,countedCost,toldCost,billedCost,costDifference,cost_unpriced,cost_without_agent,cost_batch,cost_region\r
            total,8,,17.2,9.2,7,4,-2,0.2\r
            2026-11-19,,0,7,,7,0,0,0\r
            2026-11-20,8,10.2,10.2,2.2,0,4,-2,0.2\r
            """);
  }

  @Test
  void causeGoesDownToItsDaysAndModels() throws IOException {
    assertThat(run("--cause", "without-agent", "--csv"))
        .isEqualTo(
            """
            day,model,cost,countedCost,toldCost,billedCost,of\r
            2026-11-20,claude-opus-5-5,4,8,10.2,10.2,ci-nightly\r
            """);
    assertThat(run("--cause", "without-agent"))
        .startsWith("Keys and programs without an agent: +$4.00\n")
        .endsWith("claudometer reconcile --cause without-agent --day 2026-11-20\n");
    assertThat(run("--cause", "without-agent", "--day", "2026-11-20"))
        .startsWith("Keys and programs without an agent, 2026-11-20 (UTC)\n")
        .contains("ci-nightly");
    try (var server =
        new TestServer(
            SqliteStore.database(directory.resolve("server.db"), Durability.PROCESS),
            TestServer.Setup.USUAL)) {
      server.clock(Books.NOW);
      String cookie = server.login("ada", Role.FINANCE);
      String path = "/api/v1/reconcile/cause?month=2026-11&tz=UTC";
      assertThat(server.get(path, "Cookie", cookie).statusCode()).isEqualTo(422);
      String lines = "/api/v1/reconcile/cause/lines?cause=without_agent";
      assertThat(server.get(lines, "Cookie", cookie).statusCode()).isEqualTo(422);
      assertThat(server.json(server.get(lines + "&day=2026-11-20", "Cookie", cookie)))
          .isEqualTo(
              new ObjectMapper()
                  .readTree(
                      run("--cause", "without-agent", "--day", "2026-11-20", "--json")
                          .replace(".000Z", "Z")));
      assertThat(server.json(server.get(path + "&cause=without_agent", "Cookie", cookie)))
          .isEqualTo(
              new ObjectMapper()
                  .readTree(
                      run(
                          "--cause",
                          "without-agent",
                          "--json",
                          "--month",
                          "2026-11",
                          "-z",
                          "UTC")));
    }
  }

  /// As Anthropic tells them, beside the bill; without any there is no table.
  @Test
  void spendLimitsStandBesideTheBill() {
    try (var server =
        new TestServer(
            SqliteStore.database(directory.resolve("server.db"), Durability.PROCESS),
            TestServer.Setup.USUAL)) {
      server.clock(Books.NOW);
      String cookie = server.login("ada", Role.FINANCE);
      assertThat(server.get("/organization", "Cookie", cookie).body()).doesNotContain("spending");
      server.billing.limit(
          List.of(
              limit("user_1", "Ada <b>", new Usd(500_000_000_000L), new Usd(512_500_000_000L)),
              limit("user_2", "", null, null)),
          List.of(
              new SpendCap(
                  "spl_1",
                  "user",
                  "user_1",
                  "daily",
                  new Usd(9_000_000_000L),
                  "EUR",
                  true,
                  Books.NOW)),
          Poll.first("adminapi/spend-limits"));
      assertThat(server.get("/organization", "Cookie", cookie).body())
          .contains("Spend limits of members", "Ada &lt;b", "none")
          .contains("Configured spend limits", "€9.00");
      assertThat(server.get("/organization?as=csv&table=spending", "Cookie", cookie).body())
          .isEqualTo(
              """
              member,period,limit,spent,left,currency,source,at\r
              Ada <b>,monthly,500,512.5,-12.5,USD,seat tier,2026-11-21T00:30:00Z\r
              user_2,monthly,,,,USD,seat tier,2026-11-21T00:30:00Z\r
              """);
      assertThat(server.get("/organization?as=csv&table=configured", "Cookie", cookie).body())
          .isEqualTo(
              """
              scope,name,period,limit,currency,enabled,at\r
              user,Ada <b>,daily,9,EUR,yes,2026-11-21T00:30:00Z\r
              """);
    }
  }

  private static SpendLimit limit(String member, String name, Usd limit, Usd spent) {
    return new SpendLimit(member, name, "", "monthly", limit, spent, "USD", "seat_tier", Books.NOW);
  }

  @Test
  void tableGoesFromWhatWasCountedToWhatWasBilled() {
    assertThat(run("--compact"))
        .isEqualTo(
            """
            Step                                   USD
            ──────────────────────────────────────────
            Counted here                         $8.00
            Models without a price              +$7.00
            Keys and programs without an agent  +$4.00
            Batch                               −$2.00
            Inference in a region               +$0.20
            ──────────────────────────────────────────
            Billed by Anthropic                 $17.20

            Model            Counted  Told, at list  Billed  Difference  Unknown
            ────────────────────────────────────────────────────────────────────
            claude-nova-9          –          $0.00   $7.00           –    $0.00
            claude-opus-5-5    $8.00         $10.20  $10.20      +$2.20    $0.00
            Bill: it is known from 2026-11-01 00:00 to 2026-11-22 00:00 UTC.
            Unpriced: 1 response that was counted is in no dollars.
            """);
  }

  private String run(String... arguments) {
    var out = new ByteArrayOutputStream();
    var stream = new PrintStream(out, false, UTF_8);
    var surroundings =
        new Surroundings(
            Map.of("XDG_STATE_HOME", directory.resolve("state").toString()),
            directory,
            InputStream.nullInputStream(),
            stream,
            stream,
            InstantSource.fixed(Books.NOW),
            UTC,
            0,
            false);
    List<String> all =
        new ArrayList<>(
            List.of(
                "reconcile", "--offline", "--database", "file:" + directory.resolve("server.db")));
    all.addAll(List.of(arguments));
    assertThat(Claudometer.run(surroundings, all.toArray(String[]::new)))
        .as(out.toString(UTF_8))
        .isZero();
    return out.toString(UTF_8);
  }
}
