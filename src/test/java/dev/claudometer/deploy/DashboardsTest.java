package dev.claudometer.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.SameDay;
import dev.claudometer.app.Pushing;
import dev.claudometer.app.config.OrganizationSettings;
import dev.claudometer.app.config.Values;
import dev.claudometer.app.export.RunningExporter;
import dev.claudometer.app.export.RunningOrganizationExporter;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.export.otlp.PushSettings;
import dev.claudometer.export.prometheus.RealPrometheus;
import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledBucket;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.CreditReading;
import dev.claudometer.model.Measure;
import dev.claudometer.model.QuotaReadings;
import dev.claudometer.model.Usd;
import dev.claudometer.server.TestServer;
import dev.claudometer.source.adminapi.AdminKey;
import dev.claudometer.source.adminapi.AdminSimulator;
import dev.claudometer.source.claudecode.Lines;
import dev.claudometer.store.poll.Poll;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The dashboards and alerts of `deploy` fit what is served.
@Tag("process")
class DashboardsTest {

  private static final PushSettings NO_PUSH =
      new PushSettings(null, null, Duration.ofMinutes(1), Map.of());

  private static final Path DEPLOY = Path.of("deploy");

  /// The expressions of claude-code-prometheus's dashboard.
  private static final String PEERS_PANELS =
      """
      sum(claude_total_cost_usd)
      sum(claude_total_tokens)
      sum(claude_total_sessions)
      sum(claude_requests_total)
      sum(claude_cache_savings_usd_total)
      sum(claude_device_online)
      sum(rate(claude_cost_usd_total[$__rate_interval])) by (model) * 3600
      sum(claude_total_cost_usd) by (device)
      sum(claude_cost_usd_total) by (project)
      claude_cost_per_request_usd_bucket
      claude_cost_per_session_usd_bucket
      sum(rate(claude_tokens_total{type="input"}[$__rate_interval])) * 60
      sum(rate(claude_tokens_total{type="output"}[$__rate_interval])) * 60
      sum(rate(claude_tokens_total{type="cache_read"}[$__rate_interval])) * 60
      sum(rate(claude_tokens_total{type="cache_creation"}[$__rate_interval])) * 60
      avg(claude_cache_hit_ratio)
      avg(claude_cache_efficiency_percent)
      sum(claude_total_tokens) by (type)
      sum(claude_total_tokens{type="cache_creation"})
      avg(claude_input_output_ratio)
      sum(increase(claude_sessions_total[$__rate_interval])) by (device)
      sum(claude_active_sessions)
      histogram_quantile(0.5, sum(rate(claude_session_duration_seconds_bucket[$__rate_interval])) by (le)) >= 0
      claude_session_duration_seconds_bucket
      sum(claude_sessions_total) by (project)
      claude_requests_per_session_bucket
      claude_tokens_per_session_bucket
      claude_device_online
      claude_device_last_seen_timestamp * 1000
      claude_total_cost_usd
      claude_total_sessions
      sum(claude_model_usage_total) by (model)
      claude_model_input_price_per_million
      claude_model_output_price_per_million
      sum(rate(claude_requests_total[$__rate_interval])) by (device)
      claude_tokens_per_request_bucket{type="input"}
      """;

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  @Test
  void everyPanelsExpressionHasData(@TempDir Path directory) throws Exception {
    Path home = Files.createDirectories(directory.resolve("home"));
    transcript(home);
    try (var prometheus = RealPrometheus.start(Files.createDirectory(directory.resolve("p")));
        var server =
            new TestServer(
                SqliteStore.database(directory.resolve("server.db"), Durability.PROCESS),
                TestServer.Setup.USUAL);
        var exporter = exporter(directory, home);
        var organization = new AdminSimulator(Instant.now());
        var bill = bill(directory, organization)) {
      String laptop = server.device("laptop");
      deliver(server, laptop, usage("msg_1", 7_200, "ended-1"), usage("msg_2", 120, "alpha"));
      server.store.observeEnded(now.minusSeconds(1800));
      server.sightings.flush();
      prometheus.targets(
          new RealPrometheus.Target("fleet", server.port(), "/metrics"),
          new RealPrometheus.Target("machine", exporter.port(), "/metrics"),
          new RealPrometheus.Target("organization", bill.port(), "/metrics"));
      prometheus.await("claude_requests_total and on () (count(up == 1) == 3)");
      prometheus.await("claude_live_messages > 0");
      deliver(
          server,
          laptop,
          usage("msg_3", 7_100, "ended-2"),
          usage("msg_4", 60, "alpha"),
          "{\"type\":\"limit\",\"window\":\"five_hour\",\"utilization\":0.25,\"resetsAt\":\"%s\",\"at\":\"%s\",\"origin\":\"statusline\"}"
              .formatted(now.plusSeconds(9_000), now),
          "{\"type\":\"file\",\"file\":\"/t/a.jsonl\",\"size\":100,\"offset\":100,\"fingerprint\":0,"
              + "\"modified\":\"2026-11-20T10:00:00Z\",\"projectPaths\":[],\"damages\":[]}");
      server.readings.add(
          server.registry.devices().list().getFirst().id(),
          new QuotaReadings(
              List.of(),
              List.of(new CreditReading("openrouter", new Usd(9), new Usd(7), now, "o"))),
          Poll.first("quota/openrouter"));
      server.billing.put(
          List.of(
              new BilledBucket(
                  BilledReport.COST,
                  now.truncatedTo(ChronoUnit.DAYS),
                  now.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS),
                  now,
                  List.of(
                      new BilledBucket.Line(
                          new BilledGroup(Map.of(BilledDimension.MODEL, "claude-opus-5")),
                          new BilledAmounts(Map.of(Measure.COST, 7_000_000_000L)))))),
          Poll.first("adminapi/cost"));
      server.store.observeEnded(now.minusSeconds(1800));
      prometheus.await("sum(increase(claude_session_duration_seconds_count[1m])) > 0");
      for (Dashboards.Panel panel : panels()) {
        assertThat(prometheus.await(panel.expression())).as(panel.place()).isNotEmpty();
      }
    }
  }

  private static List<Dashboards.Panel> panels() throws IOException {
    List<Dashboards.Panel> panels = new ArrayList<>(Dashboards.panels());
    assertThat(panels).hasSizeGreaterThan(95);
    for (String expression : PEERS_PANELS.split("\n", -1)) {
      if (!expression.isEmpty()) {
        String asked = expression.replace("$__rate_interval", "1m");
        panels.add(new Dashboards.Panel("the peer's dashboard", asked));
      }
    }
    return panels;
  }

  @Test
  void everyRuleIsSoundAndEveryAlertFiresWhenItShould() throws Exception {
    Path rules = DEPLOY.resolve("prometheus");
    assertThat(promtool("check", "rules", rules.resolve("rules.yml").toString()))
        .anyMatch(line -> line.contains("SUCCESS"));
    assertThat(promtool("check", "config", "--syntax-only", rules + "/prometheus.yml"))
        .anyMatch(line -> line.contains("SUCCESS"));
    assertThat(promtool("test", "rules", rules.resolve("rules-test.yml").toString()))
        .anyMatch(line -> line.contains("SUCCESS"));
  }

  private static List<String> promtool(String... arguments) throws Exception {
    return RealPrometheus.promtool("", arguments);
  }

  private RunningExporter exporter(Path directory, Path home) {
    Surroundings surroundings =
        surroundings(
            directory,
            Map.of("XDG_STATE_HOME", directory.resolve("state").toString(), "HOSTNAME", "desk"));
    return RunningExporter.start(
        surroundings,
        new RunningExporter.Configuration(
            List.of(home), InetAddress.getLoopbackAddress(), 0, ZoneId.of("UTC"), NO_PUSH));
  }

  private static Surroundings surroundings(Path directory, Map<String, String> environment) {
    return new Surroundings(
        environment,
        directory,
        InputStream.nullInputStream(),
        new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
        System.err,
        InstantSource.system(),
        ZoneId.of("UTC"),
        0,
        false);
  }

  private static RunningOrganizationExporter bill(Path directory, AdminSimulator organization) {
    Instant today = SameDay.today();
    organization.messages.put(today, List.of(AdminSimulator.usage("apikey_1", "m", 1500, 500)));
    organization.costs.put(today, List.of(AdminSimulator.cost("123.45", null, "Claude Usage")));
    organization.requests =
        new TreeMap<>(Map.of(today, List.of(AdminSimulator.row(today, "apikey_1", "m", 5, 42L))));
    organization.keyCosts =
        new TreeMap<>(Map.of(today, List.of(AdminSimulator.cost(today, "apikey_1", "m", "12"))));
    organization.claudeCode.put(
        today.toString().substring(0, "2026-11-20".length()),
        List.of(AdminSimulator.record("ada@x.example", 15, 25)));
    Surroundings surroundings =
        surroundings(directory, Map.of("XDG_STATE_HOME", directory.resolve("bill").toString()));
    return RunningOrganizationExporter.start(
        surroundings,
        new RunningOrganizationExporter.Configuration(
            new OrganizationSettings(
                AdminKey.of("sk-ant-admin01-canary"),
                organization.url(),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                Level.INFO),
            null,
            InetAddress.getLoopbackAddress(),
            0,
            "claude",
            today.minus(Duration.ofDays(2)),
            Pushing.settings(new Values(surroundings))));
  }

  private void transcript(Path home) throws IOException {
    Path project = Files.createDirectories(home.resolve("projects/-home-me-x"));
    Files.writeString(
        project.resolve("session-1.jsonl"),
        String.join(
                "\n",
                Lines.answer("msg_a", "req_a", "session-1", now.minusSeconds(60) + "", 40)
                    .replace(
                        "{\"type\":\"text\",\"text\":\"CANARY-7f3a\"}",
                        "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"Bash\",\"input\":{}}"),
                Lines.system("u1", "turn_duration", ",\"durationMs\":20106"),
                Lines.system(
                    "u2",
                    "compact_boundary",
                    ",\"compactMetadata\":{\"trigger\":\"auto\",\"preTokens\":120000}"))
            + "\n");
  }

  private String usage(String message, long secondsAgo, String session) {
    Instant at = now.minus(Duration.ofSeconds(secondsAgo));
    return "{\"type\":\"usage\",\"message\":\"%s\",\"request\":\"r\",\"at\":\"%s\",\"model\":\"claude-opus-5\","
            .formatted(message, at)
        + "\"input\":10,\"output\":100,\"cacheWrite5m\":200,\"cacheRead\":3000,\"stopReason\":\"end_turn\","
        + "\"session\":\"%s\",\"project\":\"-p\",\"attributedAt\":\"%s\",".formatted(session, at)
        + "\"attributedFile\":\"/t\",\"attributedOffset\":0,\"file\":\"/t\",\"offset\":0,"
        + "\"tools\":[{\"id\":\"t_%s\",\"name\":\"Bash\"}]}".formatted(message);
  }

  private static void deliver(TestServer server, String key, String... observations) {
    String body =
        "{\"protocol\":1,\"agent\":\"claudometer/test\",\"observations\":["
            + String.join(",", observations)
            + "]}";
    var answer = server.post("/api/v1/events", body, "X-Device-Key", key);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }
}
