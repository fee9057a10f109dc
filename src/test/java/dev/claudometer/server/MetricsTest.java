package dev.claudometer.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.export.prometheus.RealPrometheus;
import dev.claudometer.metric.Family;
import dev.claudometer.metric.Fleet;
import dev.claudometer.metric.Own;
import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledBucket;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.Measure;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.StoreException;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.poll.Poll;
import dev.claudometer.store.sql.SqlStore;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a server tells Prometheus, over real HTTP.
class MetricsTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Path GOLDEN = Path.of("src/test/resources/metrics/fleet.prom");

  private Path file;
  private TestServer server;
  private String laptop;
  private String tower;

  @BeforeEach
  void start(@TempDir Path directory) {
    file = directory.resolve("server.db");
    server = open();
    server.clock(NOON.minusSeconds(86_400));
    laptop = server.device("laptop");
    tower = server.device("tower");
    server.clock(NOON);
  }

  private TestServer open() {
    return new TestServer(SqliteStore.database(file, Durability.POWER_CUT), TestServer.Setup.USUAL);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /// One priced model, one that nobody has a price for, two machines, three sessions.
  private void fill() {
    deliver(
        laptop,
        usage("msg_1", "2026-11-20T09:00:00Z", "alpha", "claude-opus-5", 10, 100),
        usage("msg_2", "2026-11-20T09:05:00Z", "alpha", "claude-opus-5", 3, 700),
        usage("msg_3", "2026-11-20T11:40:00Z", "beta", "claude-opus-5", 20, 30),
        usage("msg_4", "2026-11-20T11:40:30Z", "beta", "claude-nova-9", 20, 30),
        "{\"type\":\"file\",\"file\":\"/t/a.jsonl\",\"size\":100,\"offset\":100,"
            + "\"fingerprint\":0,\"modified\":\"2026-11-20T10:00:00Z\",\"projectPaths\":[],"
            + "\"damages\":[{\"offset\":7,\"bytes\":9,\"why\":\"not JSON\",\"recovered\":1}]}");
    deliver(
        tower,
        usage("msg_5", "2026-11-18T11:00:00Z", "gamma", "claude-haiku-4-5-20251001", 1, 5),
        "{\"type\":\"limit\",\"window\":\"five_hour\",\"utilization\":0.25,\"resetsAt\":"
            + "\"2026-11-20T15:00:00Z\",\"at\":\"2026-11-20T11:59:00Z\",\"origin\":\"statusline\"}");
    server.sightings.flush();
    server.store.observeEnded(NOON.minusSeconds(1800));
  }

  private static String usage(
      String message, String at, String session, String model, long input, long output) {
    String transcript = "/t/" + session + ".jsonl";
    return "{\"type\":\"usage\",\"message\":\"%s\",\"request\":\"r\",\"at\":\"%s\",\"model\":\"%s\","
            .formatted(message, at, model)
        + "\"input\":%d,\"output\":%d,\"cacheWrite5m\":200,\"cacheRead\":3000,\"webSearches\":1,"
            .formatted(input, output)
        + "\"stopReason\":\"end_turn\",\"session\":\"%s\",\"project\":\"-p\",\"attributedAt\":\"%s\","
            .formatted(session, at)
        + "\"attributedFile\":\"%s\",\"attributedOffset\":0,\"file\":\"%s\",\"offset\":0,"
            .formatted(transcript, transcript)
        + "\"tools\":[{\"id\":\"t_%s\",\"name\":\"Bash\"}]}".formatted(message);
  }

  private void deliver(String key, String... observations) {
    HttpResponse<String> answer =
        server.post(
            "/api/v1/events",
            "{\"protocol\":1,\"agent\":\"claudometer/test\",\"observations\":["
                + String.join(",", observations)
                + "]}",
            "X-Device-Key",
            key);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /// `-Ddocs.write` writes the golden anew; then read what has changed.
  @Test
  void scrapeIsTheGoldenOne() throws IOException {
    fill();
    String scrape = stable(server.get("/metrics").body());
    if (System.getProperty("docs.write") != null) {
      Files.writeString(GOLDEN, scrape);
    }
    assertThat(scrape).isEqualTo(Files.readString(GOLDEN, UTF_8));
  }

  /// Without what depends on the machine that runs it, and without prices.
  private static String stable(String scrape) {
    return scrape
        .lines()
        .filter(line -> !line.matches("claudometer_(scrape_duration|database_bytes).*"))
        .filter(line -> !line.matches("claude_model_.*_price_per_million\\{.*"))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  @Test
  void billOfAnOrganizationIsToldBesideWhatMachinesUsed() {
    fill();
    List<String> machines = lines("claude_tokens_total{");
    var tokens =
        new BilledGroup(
            Map.of(BilledDimension.API_KEY, "apikey_1", BilledDimension.MODEL, "claude-opus-5"));
    server.billing.put(
        List.of(
            bucket(
                BilledReport.MESSAGES,
                3_600,
                new BilledBucket.Line(tokens, new BilledAmounts(Map.of(Measure.INPUT, 7L))))),
        Poll.first("adminapi/messages").done(NOON));
    server.billing.put(
        List.of(
            bucket(
                BilledReport.COST,
                86_400,
                new BilledBucket.Line(
                    new BilledGroup(Map.of(BilledDimension.WORKSPACE, "")),
                    new BilledAmounts(Map.of(Measure.COST, 1_234_500_000L))))),
        Poll.first("adminapi/cost").done(NOON));
    List<String> told = lines("claude_org_");
    assertThat(told)
        .contains(
            "claude_org_tokens_total{type=\"input\",model=\"claude-opus-5\",api_key_id=\"apikey_1\",api_key_name=\"apikey_1\",owner_email=\"\",owner_name=\"\"}"
                + " 7",
            "claude_org_cost_total_usd_total{workspace_id=\"default\"} 1.2345",
            "claude_org_cost_current_usd{workspace_id=\"default\"} 1.2345",
            "claude_org_daily_cost_usd{date=\"2026-11-20\",workspace_id=\"default\",workspace=\"default\"}"
                + " 1.2345");
    assertThat(lines("claude_tokens_total{")).isEqualTo(machines).isNotEmpty();
    server.close();
    server = open();
    server.clock(NOON);
    assertThat(lines("claude_org_")).isEqualTo(told);
  }

  private static BilledBucket bucket(BilledReport report, long seconds, BilledBucket.Line line) {
    Instant from = Instant.parse("2026-11-20T00:00:00Z");
    return new BilledBucket(report, from, from.plusSeconds(seconds), NOON, List.of(line));
  }

  private List<String> lines(String beginning) {
    return server.get("/metrics").body().lines().filter(l -> l.startsWith(beginning)).toList();
  }

  @Test
  void restartRepetitionAndRetentionMoveNoCounter() {
    fill();
    Map<String, Double> before = counters();
    fill();
    assertThat(counters()).isEqualTo(before);
    server.close();
    server = open();
    server.clock(NOON);
    assertThat(counters()).isEqualTo(before);
    server.store.forget(NOON);
    assertThat(counters()).isEqualTo(before);
  }

  /// Claude's counters and histograms, by series.
  private Map<String, Double> counters() {
    var counters = new TreeMap<String, Double>();
    server
        .get("/api/metrics")
        .body()
        .lines()
        .filter(line -> line.matches("claude_\\w+_(total|bucket|sum|count)\\{.*"))
        .forEach(
            line -> {
              int space = line.lastIndexOf(' ');
              counters.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
            });
    assertThat(counters).hasSizeGreaterThan(40);
    return counters;
  }

  @Test
  void betterCopyOnAnotherMachineLowersGaugesAndNoCounter() {
    String late = "2026-11-20T11:00:00Z";
    deliver(laptop, usage("msg_9", late, "s", "claude-opus-5", 10, 100));
    Map<String, Double> before = counters();
    // a machine that was enrolled before tells it too
    server.clock(NOON.minusSeconds(86_401));
    String elder = server.device("elder");
    server.clock(NOON);
    deliver(elder, usage("msg_9", "2026-11-20T10:00:00Z", "s", "claude-opus-5", 10, 100));
    counters();
    assertThat(counters())
        .allSatisfy(
            (series, value) ->
                assertThat(value)
                    .as(series)
                    .isGreaterThanOrEqualTo(before.getOrDefault(series, 0.0)));
    String scrape = server.get("/metrics").body();
    assertThat(scrape)
        .contains(
            "claude_total_tokens{device=\"laptop\",type=\"output\"} 0\n",
            "claude_total_tokens{device=\"elder\",type=\"output\"} 100\n");
  }

  @Test
  void gaugesAreAlive() {
    fill();
    assertThat(server.get("/metrics").body())
        .contains(
            "claude_active_sessions{device=\"laptop\"} 1\n",
            "claude_active_sessions{device=\"tower\"} 0\n",
            "claude_device_online{device=\"laptop\",hostname=\"laptop.host\"} 1\n",
            "claude_session_info{device=\"laptop\",session_id=\"beta\"",
            "claude_request_interval_seconds{device=\"laptop\",quantile=\"0.5\"} 30\n");
    server.clock(NOON.plusSeconds(3600));
    assertThat(server.get("/metrics").body())
        .contains(
            "claude_active_sessions{device=\"laptop\"} 0\n",
            "claude_device_active_session_count{device=\"laptop\"} 0\n",
            "claude_device_online{device=\"laptop\",hostname=\"laptop.host\"} 0\n",
            "claude_hourly_spend_usd{device=\"laptop\"} 0\n",
            "claude_device_uptime_seconds{device=\"laptop\"} 90000\n",
            "claude_request_interval_seconds_count{device=\"laptop\"} 3\n")
        .doesNotContain(
            "claude_session_info{", "claude_session_start_timestamp{", "quantile=\"0.5\"");
  }

  @Test
  void answerHasTheFormThatIsAskedFor() {
    HttpResponse<String> text = server.get("/metrics");
    assertThat(text.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    HttpResponse<String> open =
        server.get("/metrics", "Accept", "application/openmetrics-text;version=1.0.0");
    assertThat(open.headers().firstValue("Content-Type"))
        .contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
    assertThat(open.body()).endsWith("# EOF\n");
    HttpResponse<String> gzip = server.get("/metrics", "Accept-Encoding", "gzip");
    assertThat(gzip.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(gzip.headers().firstValue("Vary").orElse("")).contains("Accept-Encoding");
  }

  @Test
  void namesChooseFamiliesAndNonsenseIsRefusedOrIgnored() {
    assertThat(types("?name[]=claude_total_cost_usd&name[]=claude_tokens_total"))
        .containsExactly("claude_tokens_total", "claude_total_cost_usd");
    assertThat(types("?name%5B%5D=none_of_ours")).isEmpty();
    assertThat(server.get("/metrics?name%5B%5D=%7B%7D").statusCode()).isEqualTo(422);
    assertThat(server.get("/metrics?name%5B%5D=").statusCode()).isEqualTo(422);
    for (String accept : List.of(";;;", "application/openmetrics-text;q=", "*", "x".repeat(2000))) {
      assertThat(server.get("/metrics", "Accept", accept).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void whatTheStoreCannotTellIsMissingAndAllElseIsThere(@TempDir Path elsewhere) {
    Database database = SqliteStore.database(elsewhere.resolve("server.db"), Durability.POWER_CUT);
    var sound = new SqlStore(database, PriceBook::builtIn);
    try (var broken =
        new TestServer(database, failingAt(sound, "meters"), TestServer.Setup.USUAL)) {
      HttpResponse<String> answer = broken.get("/metrics");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body())
          .contains(
              "claudometer_source_up{source=\"meters\"} 0\n",
              "claudometer_source_up{source=\"prices\"} 1\n",
              "claude_model_input_price_per_million{")
          .doesNotContain("claude_tokens_total{");
    }
  }

  private static UsageStore failingAt(UsageStore store, String question) {
    return (UsageStore)
        Proxy.newProxyInstance(
            UsageStore.class.getClassLoader(),
            new Class<?>[] {UsageStore.class},
            (_, method, arguments) -> {
              if (method.getName().equals(question)) {
                throw new StoreException(
                    StoreException.Kind.UNUSABLE, "the disk is gone", new IOException());
              }
              return method.invoke(store, arguments);
            });
  }

  private List<String> types(String query) {
    return server
        .get("/metrics" + query.replace("[]", "%5B%5D"))
        .body()
        .lines()
        .filter(line -> line.startsWith("# TYPE "))
        .map(line -> line.split(" ", -1)[2])
        .toList();
  }

  @Test
  @Tag("process")
  void promtoolHasNothingToObjectToOurFamilies() throws Exception {
    fill();
    String ours =
        Own.ALL.stream()
            .map(family -> "name%5B%5D=" + family.name())
            .collect(Collectors.joining("&"));
    assertThat(RealPrometheus.objections(server.get("/metrics?" + ours).body())).isEmpty();
    // the peers' names are theirs, but their values have to be sound, too
    assertThat(RealPrometheus.objections(server.get("/metrics").body()))
        .allSatisfy(
            objection ->
                assertThat(objection).matches("claude_\\S+ .*(suffix|unit|abbrev|name).*"));
  }

  @Test
  @Tag("process")
  void prometheusSeesTheSameAndNoCounterResetsOverARestart(@TempDir Path directory)
      throws Exception {
    try (var prometheus = RealPrometheus.start(directory)) {
      server.clock(null);
      fill();
      prometheus.target(server.port(), "/api/metrics");
      assertThat(prometheus.await("sum(claude_cost_usd_total)"))
          .extracting(RealPrometheus.Sample::value)
          .containsExactly(0.069741);
      assertThat(prometheus.ask("up")).extracting(RealPrometheus.Sample::value).containsOnly(1.0);
      int port = server.port();
      server.close();
      server = open();
      assertThat(server.port()).isNotEqualTo(port);
      prometheus.target(server.port(), "/metrics");
      deliver(laptop, usage("msg_7", "2026-11-20T11:41:00Z", "beta", "claude-opus-5", 20, 30));
      prometheus.await("sum(claude_requests_total) == 6");
      assertThat(prometheus.ask("sum(claude_cost_usd_total)"))
          .extracting(RealPrometheus.Sample::value)
          .containsExactly(0.083341);
      for (Family family : Fleet.ALL) {
        List<String> suffixes =
            switch (family.type()) {
              case COUNTER -> List.of("");
              case HISTOGRAM -> List.of("_bucket", "_count", "_sum");
              case SUMMARY -> List.of("_count", "_sum");
              case GAUGE -> List.of();
            };
        for (String suffix : suffixes) {
          assertThat(prometheus.ask("resets(" + family.name() + suffix + "[5m]) > 0")).isEmpty();
        }
      }
      assertThat(prometheus.ask("count(count by (__name__)({__name__=~\"claude_.+\"}))"))
          .extracting(RealPrometheus.Sample::value)
          .allMatch(families -> families > 50);
      assertThat(
              prometheus.ask(
                  "histogram_quantile(0.5, sum(claude_session_duration_seconds_bucket) by (le))"))
          .extracting(RealPrometheus.Sample::value)
          .allMatch(median -> median >= 0 && median <= 300);
    }
  }

  @Test
  void thousandScrapesAtOnceAreAnsweredOrSentAway() throws Exception {
    fill();
    List<Integer> statuses = new ArrayList<>();
    try (var pool = Executors.newFixedThreadPool(50)) {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        answers.add(pool.submit(() -> server.get("/metrics").statusCode()));
      }
      for (Future<Integer> answer : answers) {
        statuses.add(answer.get());
      }
    }
    assertThat(statuses).containsOnly(200, 429);
    assertThat(statuses).filteredOn(status -> status == 200).hasSizeGreaterThanOrEqualTo(100);
  }
}
