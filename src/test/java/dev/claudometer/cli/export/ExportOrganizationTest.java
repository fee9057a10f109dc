package dev.claudometer.cli.export;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.app.Pushing;
import dev.claudometer.app.config.OrganizationSettings;
import dev.claudometer.app.config.Values;
import dev.claudometer.app.export.RunningOrganizationExporter;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.export.prometheus.RealPrometheus;
import dev.claudometer.fetch.Simulator;
import dev.claudometer.metric.Family;
import dev.claudometer.metric.Organization;
import dev.claudometer.source.adminapi.AdminKey;
import dev.claudometer.source.adminapi.AdminSimulator;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the exporter of an organisation's bill tells Prometheus, over real HTTP, of a simulated
/// Admin API.
class ExportOrganizationTest {

  private static final Path GOLDEN = Path.of("src/test/resources/metrics/organization.prom");
  private static final Instant SINCE = Instant.parse("2026-10-31T00:00:00Z");
  private static final String CANARY = "canary-4711";
  private static final String KEY = "sk-ant-admin01-" + CANARY;

  @TempDir private Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private volatile Instant now = Instant.parse("2026-11-02T12:30:00Z");
  private AdminSimulator simulator;
  private RunningOrganizationExporter exporter;

  @BeforeEach
  void start() {
    simulator = new AdminSimulator(now);
    simulator.most = 1;
    usage("2026-10-31T23:00:00Z", AdminSimulator.usage("apikey_1", "claude-opus-4-6", 1500, 500));
    usage(
        "2026-11-02T11:00:00Z",
        AdminSimulator.usage("apikey_1", "claude-opus-4-6", 1000, 10),
        AdminSimulator.usage(null, "claude-haiku-4-5", 7, 2));
    simulator.costs.put(
        Instant.parse("2026-10-31T00:00:00Z"),
        List.of(AdminSimulator.cost("123.45", null, "Claude Usage")));
    simulator.costs.put(
        Instant.parse("2026-11-02T00:00:00Z"),
        List.of(
            AdminSimulator.cost("1000.1", null, "Claude Usage"),
            AdminSimulator.cost("20", "wrkspc_1", "Code Execution Usage")));
    simulator.lists.put(
        "api_keys",
        List.of(
            "{\"id\":\"apikey_1\",\"name\":\"ci\",\"status\":\"active\",\"created_by\":{\"id\":\"user_1\",\"type\":\"user\"}}"));
    simulator.lists.put(
        "users", List.of("{\"id\":\"user_1\",\"name\":\"Ada\",\"email\":\"ada@x.example\"}"));
    simulator.lists.put("workspaces", List.of("{\"id\":\"wrkspc_1\",\"name\":\"Build\"}"));
    simulator.claudeCode.put("2026-11-01", List.of(AdminSimulator.record("ada@x.example", 15, 25)));
    Instant hour = Instant.parse("2026-11-02T11:00:00Z");
    simulator.requests =
        new TreeMap<>(
            Map.of(hour, List.of(AdminSimulator.row(hour, "apikey_1", "claude-opus-4-6", 5, 42L))));
    simulator.keyCosts =
        new TreeMap<>(
            Map.of(
                hour, List.of(AdminSimulator.cost(hour, "apikey_1", "claude-opus-4-6", "12.5"))));
    exporter = open("claude");
  }

  private void usage(String hour, String... lines) {
    simulator.messages.put(Instant.parse(hour), List.of(lines));
  }

  private RunningOrganizationExporter open(String namespace) {
    var stream = new PrintStream(said, true, UTF_8);
    var surroundings =
        new Surroundings(
            Map.of("XDG_STATE_HOME", directory.toString()),
            directory,
            InputStream.nullInputStream(),
            stream,
            stream,
            (InstantSource) () -> now,
            ZoneId.of("America/New_York"),
            0,
            false);
    // polls as soon as the clock allows it
    var settings =
        new OrganizationSettings(
            AdminKey.of(KEY),
            simulator.url(),
            Duration.ofMinutes(1),
            Duration.ofMillis(20),
            Level.INFO);
    return RunningOrganizationExporter.start(
        surroundings,
        new RunningOrganizationExporter.Configuration(
            settings,
            null,
            InetAddress.getLoopbackAddress(),
            0,
            namespace,
            SINCE,
            Pushing.settings(new Values(surroundings))));
  }

  @AfterEach
  void stop() {
    client.close();
    exporter.close();
    simulator.close();
    assertThat(said.toString(UTF_8)).doesNotContain(CANARY);
  }

  private void pass(Duration time) {
    now = now.plus(time);
    simulator.now = now;
  }

  private String scrape(String... headers) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + exporter.port() + "/metrics"));
    String scrape =
        client
            .send(
                (headers.length == 0 ? request : request.headers(headers)).build(),
                BodyHandlers.ofString())
            .body();
    assertThat(scrape).doesNotContain(CANARY);
    return scrape;
  }

  private String await(String... lines) throws Exception {
    String scrape = "";
    for (int i = 0; i < 2_400; i++) {
      scrape = scrape();
      if (List.of(lines).stream().allMatch(scrape::contains)) {
        return scrape;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("never: " + List.of(lines) + "\n" + scrape + "\n" + said);
  }

  /// Everything has been told once.
  private String whole() throws Exception {
    return await(
        "claudometer_org_poll_up{report=\"messages\"} 1\n",
        "claudometer_org_poll_up{report=\"cost\"} 1\n",
        "claudometer_org_poll_up{report=\"claude-code\"} 1\n",
        "claudometer_org_poll_up{report=\"requests\"} 1\n",
        "claudometer_org_poll_up{report=\"key-cost\"} 1\n",
        "claude_prometheus_loop_duration_seconds ");
  }

  /// `-Ddocs.write` writes the golden anew; then read what has changed.
  @Test
  void scrapeIsTheGoldenOne() throws Exception {
    String scrape =
        whole()
            .lines()
            .filter(
                line ->
                    !line.matches(
                        "(claudometer_(scrape_duration|database_bytes|build_info)|claude_prometheus_loop_duration).*[0-9]"))
            .collect(Collectors.joining("\n", "", "\n"));
    if (System.getProperty("docs.write") != null) {
      Files.writeString(GOLDEN, scrape);
    }
    assertThat(scrape).isEqualTo(Files.readString(GOLDEN, UTF_8));
  }

  @Test
  void nothingIsTotalledBeforeAllHistoryIsThere() throws Exception {
    exporter.close();
    Files.delete(directory.resolve("claudometer/server.db"));
    for (int i = 0; i < 6; i++) {
      simulator.fails(simulator::answerNow);
    }
    for (int i = 0; i < 40; i++) {
      simulator.fails(Simulator.status(500, ""));
    }
    exporter = open("claude");
    String scrape = await("claudometer_org_poll_up{report=\"messages\"} 0\n");
    assertThat(scrape)
        .contains("claude_prometheus_loop_success 0\n")
        .doesNotContain("claude_tokens_total{", "claude_tokens_current{");
  }

  @Test
  void midnightResetsNoTotalAndBeginsTodayAnew() throws Exception {
    String total =
        "claude_tokens_total{type=\"input\",model=\"claude-opus-4-6\",api_key_id=\"apikey_1\",api_key_name=\"ci\",owner_email=\"ada@x.example\",owner_name=\"Ada\"}"
            + " ";
    String current = total.replace("_total", "_current");
    assertThat(whole()).contains(total + "2500\n", current + "1000\n");
    now = Instant.parse("2026-11-02T23:59:50Z");
    simulator.now = now;
    usage("2026-11-02T23:00:00Z", AdminSimulator.usage("apikey_1", "claude-opus-4-6", 30, 1));
    await(total + "2530\n", current + "1030\n");
    // past midnight before the next poll: nobody knows of today yet
    now = Instant.parse("2026-11-03T00:00:20Z");
    assertThat(scrape()).contains(total + "2530\n").doesNotContain("claude_tokens_current{");
    simulator.now = now;
    pass(Duration.ofMinutes(1));
    await(
        total + "2530\n", current + "0\n", "claude_cost_current_usd{workspace_id=\"default\"} 0\n");
    usage("2026-11-03T00:00:00Z", AdminSimulator.usage("apikey_1", "claude-opus-4-6", 5, 1));
    pass(Duration.ofMinutes(1));
    await(total + "2535\n", current + "5\n");
  }

  @Test
  void endOfAMonthIsADayLikeOthers() throws Exception {
    whole();
    now = Instant.parse("2026-12-01T00:02:00Z");
    simulator.now = now;
    simulator.costs.put(
        Instant.parse("2026-11-30T00:00:00Z"),
        List.of(AdminSimulator.cost("100", null, "Claude Usage")));
    simulator.costs.put(
        Instant.parse("2026-12-01T00:00:00Z"),
        List.of(AdminSimulator.cost("1", null, "Claude Usage")));
    assertThat(await("claude_cost_total_usd_total{workspace_id=\"default\"} 12.2455\n"))
        .contains(
            "claude_cost_current_usd{workspace_id=\"default\"} 0.01\n",
            "claude_org_daily_cost_usd{date=\"2026-11-30\",workspace_id=\"default\",workspace=\"default\"}"
                + " 1\n",
            "claude_org_daily_cost_usd{date=\"2026-12-01\",workspace_id=\"default\",workspace=\"default\"}"
                + " 0.01\n")
        .doesNotContain("date=\"2026-10-31\"");
  }

  @Test
  void billThatIsRevisedDownwardsLetsNoCounterFall() throws Exception {
    String total = "claude_cost_total_usd{workspace_id=\"default\"} ";
    assertThat(whole()).contains(total + "11.2355\n");
    simulator.costs.put(
        Instant.parse("2026-10-31T00:00:00Z"),
        List.of(AdminSimulator.cost("23.45", null, "Claude Usage")));
    pass(Duration.ofHours(7));
    String day =
        "claude_org_daily_cost_usd{date=\"2026-10-31\",workspace_id=\"default\",workspace=\"default\"}"
            + " ";
    assertThat(await(day + "0.2345\n")).contains(total + "11.2355\n");
    exporter.close();
    exporter = open("claude");
    assertThat(await(day + "0.2345\n")).contains(total + "11.2355\n");
    simulator.costs.put(
        Instant.parse("2026-11-02T00:00:00Z"),
        List.of(AdminSimulator.cost("1200.1", null, "Claude Usage")));
    pass(Duration.ofMinutes(1));
    assertThat(await(total + "12.2355\n")).as("what the bill says").contains(day + "0.2345\n");
  }

  @Test
  void failureIsOneLineAndWhatIsKnownStays() throws Exception {
    whole();
    for (int i = 0; i < 300; i++) {
      simulator.fails(
          Simulator.status(
              403, "{\"error\":{\"type\":\"permission_error\",\"message\":\"no " + KEY + "\"}}"));
    }
    pass(Duration.ofMinutes(20));
    String scrape =
        await(
            "claude_prometheus_item_success{item=\"messages\"} 0\n",
            "claude_prometheus_item_success{item=\"names\"} 0\n",
            "claude_prometheus_loop_success 0\n");
    assertThat(scrape)
        .contains(
            "claudometer_org_poll_age_seconds{report=\"cost\"} 1200\n",
            "claude_cost_total_usd{workspace_id=\"default\"} 11.2355\n",
            "claudometer_source_up{source=\"bill\"} 1\n");
    assertThat(said.toString(UTF_8).lines().filter(line -> line.contains("adminapi/messages")))
        .hasSize(1)
        .allMatch(line -> line.contains("WARNING org") && line.contains("permission_error"));
  }

  @Test
  void twoExportersOnOneStorePollOnce() throws Exception {
    whole();
    var first = exporter;
    exporter = open("acme");
    try {
      await("acme_tokens_total{type=\"input\"", "acme_cost_total_usd_total{");
      simulator.asked.clear();
      pass(Duration.ofMinutes(1));
      await("claudometer_org_poll_age_seconds{report=\"messages\"} 0\n");
      while (costsAsked() < 3) {
        Thread.sleep(50);
      }
      // what the other one might ask, too
      Thread.sleep(500);
      assertThat(costsAsked()).isEqualTo(3);
    } finally {
      first.close();
    }
    simulator.asked.clear();
    pass(Duration.ofMinutes(1));
    await("claudometer_org_poll_age_seconds{report=\"messages\"} 0\n");
    assertThat(simulator.asked).as("the other one takes over at once").isNotEmpty();
  }

  private long costsAsked() {
    return simulator.asked.stream().filter(asked -> asked.path().endsWith("cost_report")).count();
  }

  @Test
  void renamedKeyGoesOnUnderItsNewName() throws Exception {
    whole();
    simulator.lists.put(
        "api_keys", List.of("{\"id\":\"apikey_1\",\"name\":\"build\",\"status\":\"active\"}"));
    pass(Duration.ofMinutes(16));
    assertThat(await("api_key_name=\"build\""))
        .contains(
            "claude_requests_total{model=\"claude-opus-4-6\",api_key_id=\"apikey_1\",api_key_name=\"build\",owner_email=\"\",owner_name=\"\"}"
                + " 42\n")
        .doesNotContain("api_key_name=\"ci\"");
  }

  @Test
  void requestsThatNobodyCountsAreAbsent() throws Exception {
    exporter.close();
    Files.delete(directory.resolve("claudometer/server.db"));
    simulator.requests = null;
    exporter = open("claude");
    assertThat(
            await(
                "claude_tokens_total{",
                "claude_cost_total_usd{",
                "claudometer_org_poll_up{report=\"claude-code\"} 1\n",
                "claude_prometheus_loop_success 1\n"))
        .contains("# TYPE claude_requests_total counter\n")
        .doesNotContain(
            "claude_requests_total{", "claude_requests_current{", "report=\"requests\"");
  }

  @Test
  @Tag("process")
  void promtoolHasNothingToObjectToOurFamilies() throws Exception {
    String scrape = whole();
    String ours = Organization.ALL.stream().map(Family::name).collect(Collectors.joining("|"));
    String lines =
        scrape
            .lines()
            .filter(line -> line.replaceFirst("# \\S+ ", "").matches("(" + ours + ")\\b.*"))
            .collect(Collectors.joining("\n", "", "\n"));
    assertThat(lines).contains("claude_org_code_sessions_total{");
    assertThat(RealPrometheus.objections(lines)).isEmpty();
    assertThat(RealPrometheus.objections(scrape))
        .allSatisfy(
            objection ->
                assertThat(objection)
                    .startsWith("claude_cost_total_usd counter metrics should have \"_total\""));
  }

  @Test
  @Tag("process")
  void realPrometheusReadsBothNamesOfTheCost(@TempDir Path place) throws Exception {
    whole();
    assertThat(scrape("Accept", "application/openmetrics-text").lines())
        .contains(
            "# TYPE claude_cost_total_usd unknown",
            "# TYPE claude_cost_total_usd_total unknown",
            "# TYPE claude_tokens counter",
            "# EOF");
    try (var prometheus = RealPrometheus.start(place)) {
      prometheus.target(exporter.port(), "/metrics");
      for (String name : List.of("claude_cost_total_usd", "claude_cost_total_usd_total")) {
        assertThat(prometheus.await("sum(" + name + ")"))
            .extracting(RealPrometheus.Sample::value)
            .containsExactly(11.4355);
      }
      for (String expression :
          List.of(
              "sum by (model) (rate(claude_tokens_total[5m]))",
              "sum by (owner_name, owner_email) (rate(claude_tokens_total[5m]))",
              "sum by (owner_name) (rate(claude_requests_total[5m]))",
              "topk(10, sum by (owner_name, owner_email) (claude_tokens_current))",
              "topk(10, sum by (api_key_name, owner_name) (claude_tokens_current))",
              "sum by (workspace_id) (claude_cost_current_usd)")) {
        assertThat(prometheus.await(expression)).as(expression).isNotEmpty();
      }
    }
  }

  @Test
  void keyIsInNoFile() throws Exception {
    whole();
    try (var files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), ISO_8859_1)).doesNotContain(CANARY);
      }
    }
  }
}
