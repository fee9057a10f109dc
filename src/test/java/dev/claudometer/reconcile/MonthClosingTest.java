package dev.claudometer.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.Claudometer;
import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledBucket;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.Measure;
import dev.claudometer.model.Usd;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.report.KnownMachines;
import dev.claudometer.server.TestServer;
import dev.claudometer.store.poll.Poll;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.sql.SqlStore;
import dev.claudometer.store.sql.bill.SqlBilling;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// October, in which nothing was counted and $1 was billed for each day: the cause is unknown.
class MonthClosingTest {

  private static final YearMonth OCTOBER = YearMonth.of(2026, 10);
  private static final Instant NOW = Instant.parse("2026-11-05T09:00:00Z");
  private static final long DOLLAR = 1_000_000_000;

  @TempDir private Path directory = Path.of("");
  private Database database;
  private SqlBilling billing;
  private Reconciler reconciler;
  private MonthClosing closing;

  @BeforeEach
  void open() {
    database = SqliteStore.database(directory.resolve("server.db"), Durability.PROCESS);
    var store = new SqlStore(database, PriceBook::builtIn);
    billing = new SqlBilling(database);
    reconciler =
        new Reconciler(store, billing, KnownMachines.ofThisMachine(store), PriceBook::builtIn);
    closing = new MonthClosing(reconciler, billing);
    IntStream.rangeClosed(1, 31).forEach(day -> billed(day, DOLLAR, NOW));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void monthIsSealedOnceUntilSomethingChanges() {
    MonthClosing.Outcome outcome = closing.close(OCTOBER, "user ada", NOW);
    assertThat(outcome.obstacle()).isEmpty();
    ClosedMonth month = outcome.month();
    assertThat(month.seals()).hasSize(1);
    assertThat(month.seals().getFirst().by()).isEqualTo("user ada");
    assertThat(month.seals().getFirst().hash()).hasSize(64);
    assertThat(month.corrections()).isEmpty();
    assertThat(month.broken()).isEmpty();
    assertThat(closing.closed(OCTOBER, NOW)).isEqualTo(month);
    assertThat(notes())
        .contains("Closed: 2026-10 on 2026-11-05 by user ada; nothing has changed since.");
    assertThat(closing.close(OCTOBER, "user bob", NOW).obstacle())
        .isEqualTo("2026-10 is closed, and nothing has changed since");
    assertThat(billing.seals()).hasSize(1);
  }

  /// The third costs $1.50 now.
  @Test
  void whatChangesLaterIsACorrection() {
    closing.close(OCTOBER, "user ada", NOW);
    Instant later = NOW.plusSeconds(86_400);
    billed(3, DOLLAR * 3 / 2, later);
    List<Correction> corrections =
        List.of(
            new Correction("2026-10-03", "billed", new Usd(DOLLAR), new Usd(DOLLAR * 3 / 2)),
            new Correction("2026-10-03", "unknown", new Usd(DOLLAR), new Usd(DOLLAR * 3 / 2)));
    assertThat(closing.closed(OCTOBER, later).corrections()).isEqualTo(corrections);
    assertThat(notes())
        .contains(
            "Closed: 2026-10 on 2026-11-05 by user ada; 2 figures are not as then, billed by $0.5"
                + " and counted by $0: claudometer reconcile --closed 2026-10.");
    ClosedMonth again = closing.close(OCTOBER, "user bob", later).month();
    assertThat(again.seals()).hasSize(2);
    assertThat(again.seals().getLast().corrections()).isEqualTo(corrections);
    assertThat(again.corrections()).isEmpty();
  }

  @Test
  void monthThatIsNotOverOrNotBilledStaysOpen() {
    assertThat(closing.close(YearMonth.of(2026, 11), "user ada", NOW).obstacle())
        .isEqualTo("2026-11 is not over in UTC");
    assertThat(closing.close(YearMonth.of(2026, 9), "user ada", NOW).obstacle())
        .isEqualTo("Anthropic's bill is not known of all days of 2026-09");
    assertThat(billing.seals()).isEmpty();
    assertThat(closing.closed(OCTOBER, NOW).seals()).isEmpty();
  }

  @Test
  void sealThatWasChangedOrRemovedIsMissed() {
    closing.close(OCTOBER, "user ada", NOW);
    billed(3, 0, NOW.plusSeconds(60));
    closing.close(OCTOBER, "user ada", NOW.plusSeconds(60));
    assertThat(billing.brokenSeals()).isEmpty();
    database.write(
        "UPDATE month_seal SET content = content || '2026-10-32 billed=1' WHERE number = 1");
    assertThat(billing.brokenSeals()).containsExactly("seal 1, of 2026-10, was changed");
    database.write("DELETE FROM month_seal WHERE number = 2");
    assertThat(billing.brokenSeals()).contains("the last seals of months are missing");
    database.write("DELETE FROM month_seal");
    assertThat(billing.brokenSeals()).containsExactly("the last seals of months are missing");
  }

  /// The command line, the API, health, a scrape and every reconciliation say it.
  @Test
  void brokenSealIsSaidEverywhere() {
    closing.close(OCTOBER, "user ada", NOW);
    try (var server = new TestServer(database, TestServer.Setup.USUAL)) {
      server.clock(NOW);
      String admin = server.login("root", Role.ADMIN);
      assertThat(verified(server, admin)).isEqualTo("{\"sound\":true,\"problems\":[]}");
      assertThat(scraped(server)).isEqualTo("claudometer_broken_seals 0");
      assertThat(server.json(server.get("/api/health")).has("brokenSeals")).isFalse();
      database.write("UPDATE month_seal SET content = 'x=y 2026-10-01 billed=1', month = 'never'");
      server.clock(NOW.plusSeconds(60));
      assertThat(verified(server, admin))
          .isEqualTo("{\"sound\":false,\"problems\":[\"seal 1, of never, was changed\"]}");
      assertThat(scraped(server)).isEqualTo("claudometer_broken_seals 1");
      var health = server.get("/api/health");
      assertThat(health.statusCode()).as("it answers and stores as before").isEqualTo(200);
      assertThat(server.json(health).get("brokenSeals").asInt()).isEqualTo(1);
      assertThat(notes()).contains("Closed months: seal 1, of never, was changed.");
      assertThat(claudometer(List.of("verify", "--database", url())))
          .isEqualTo("claudometer: seal 1, of never, was changed\n");
      database.write("DELETE FROM month_seal");
      assertThat(notes()).contains("Closed months: the last seals of months are missing.");
    }
  }

  @Test
  void sealWhoseFiguresWereChangedIsComparedAsFarAsItCanBeRead() {
    closing.close(OCTOBER, "user ada", NOW);
    database.write(
        "UPDATE month_seal SET content = replace(content, '2026-10-03 billed=1000000000',"
            + " '2026-10-03 billed=one =')");
    ClosedMonth month = closing.closed(OCTOBER, NOW);
    assertThat(month.broken()).containsExactly("seal 1, of 2026-10, was changed");
    assertThat(month.corrections())
        .containsExactly(new Correction("2026-10-03", "billed", null, new Usd(DOLLAR)));
  }

  private static String verified(TestServer server, String admin) {
    return server
        .post("/api/v1/verify", "", "Cookie", admin, "Sec-Fetch-Site", "same-origin")
        .body();
  }

  private static String scraped(TestServer server) {
    return server
        .get("/metrics", "Authorization", "Bearer " + TestServer.SCRAPER)
        .body()
        .lines()
        .filter(line -> line.startsWith("claudometer_broken_seals"))
        .collect(Collectors.joining());
  }

  @Test
  void monthIsClosedOverHttpAndOnTheCommandLine() {
    try (var server = new TestServer(database, TestServer.Setup.USUAL)) {
      server.clock(NOW);
      String body = "{\"month\":\"2026-10\"}";
      String close = "/api/v1/reconcile/close";
      String viewer = server.login("vic", Role.VIEWER);
      assertThat(
              server
                  .post(close, body, "Cookie", viewer, "Sec-Fetch-Site", "same-origin")
                  .statusCode())
          .isEqualTo(403);
      String finance = server.login("fay", Role.FINANCE);
      var answer = server.post(close, body, "Cookie", finance, "Sec-Fetch-Site", "same-origin");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(server.json(answer).at("/seals/0/by").asText()).isEqualTo("user fay");
      assertThat(
              server
                  .post(close, body, "Cookie", finance, "Sec-Fetch-Site", "same-origin")
                  .statusCode())
          .isEqualTo(409);
      assertThat(
              server
                  .post(close, "{}", "Cookie", finance, "Sec-Fetch-Site", "same-origin")
                  .statusCode())
          .isEqualTo(422);
      String shown = "/api/v1/reconcile/closed?month=2026-10";
      assertThat(server.json(server.get(shown, "Cookie", finance)).at("/seals")).hasSize(1);
      assertThat(server.registry.auditLog().before(Long.MAX_VALUE, 100))
          .filteredOn(entry -> entry.action().equals("month.close"))
          .singleElement()
          .satisfies(entry -> assertThat(entry.subject()).isEqualTo("2026-10"));
    }
    assertThat(run("--closed", "2026-10"))
        .startsWith("2026-10 closed on 2026-11-05 09:00 UTC by user fay, seal 1 ");
    assertThat(run("--close", "2026-10"))
        .isEqualTo("claudometer: not closed: 2026-10 is closed, and nothing has changed since\n");
    assertThat(run("--close", "October")).contains("a month is such as 2026-10, not 'October'");
  }

  private String run(String... options) {
    List<String> all = new ArrayList<>(List.of("reconcile", "--offline", "--database", url()));
    all.addAll(List.of(options));
    return claudometer(all);
  }

  private String url() {
    return "file:" + directory.resolve("server.db");
  }

  private String claudometer(List<String> arguments) {
    var out = new ByteArrayOutputStream();
    var stream = new PrintStream(out, false, UTF_8);
    Claudometer.run(
        new Surroundings(
            Map.of("XDG_STATE_HOME", directory.resolve("state").toString()),
            directory,
            InputStream.nullInputStream(),
            stream,
            stream,
            InstantSource.fixed(NOW),
            ZoneOffset.UTC,
            0,
            false),
        arguments.toArray(String[]::new));
    return out.toString(UTF_8);
  }

  private List<String> notes() {
    return reconciler.reconcile(Period.of(OCTOBER, ZoneOffset.UTC), By.MODEL, NOW).open();
  }

  private void billed(int day, long nanos, Instant told) {
    Instant at = LocalDate.of(2026, 10, day).atStartOfDay(ZoneOffset.UTC).toInstant();
    var line =
        new BilledBucket.Line(
            new BilledGroup(
                Map.of(
                    BilledDimension.MODEL,
                    "claude-opus-5-5",
                    BilledDimension.COST_TYPE,
                    "tokens",
                    BilledDimension.WORKSPACE,
                    "")),
            new BilledAmounts(Map.of(Measure.COST, nanos)));
    billing.put(
        List.of(
            new BilledBucket(BilledReport.COST, at, at.plusSeconds(86_400), told, List.of(line))),
        Poll.first("adminapi/cost"));
  }
}
