package dev.claudometer.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.export.prometheus.RealPrometheus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever used claude-prometheus-exporter has a file where its code really reads it, the scrape
/// job of its README and its queries, and sees the right numbers.
@Tag("process")
class ClaudePrometheusExporterUserTest {

  private static final Path TRUTH =
      Path.of("src/test/resources/movers/claude-prometheus-exporter.txt");
  private static final String KEY = "sk-ant-admin01-canary";

  @Test
  void filesLevelsAndQueriesOfTheReadmeAndTheCodeWork(@TempDir Path directory) throws Exception {
    int port = Program.freePort();
    Path state = Files.createDirectories(directory.resolve("state/.config")).getParent();
    Files.writeString(
        state.resolve(".config/claude-prometheus-exporter.json"),
        """
        {"apikey": "%s", "prometheus": {"port": %d, "namespace": "claude"},
         "loop": {"interval": 30, "lookback": 172800}, "loglevel": "WARNING"}
        """
            .formatted(KEY, port));
    String job =
        """
        global: {scrape_interval: 3s, scrape_timeout: 3s}
        scrape_configs:
          - job_name: 'claude-exporter'
            static_configs:
              - targets: ['localhost:%d']
        """
            .formatted(port);
    try (var organization = Organization.simulated();
        var exporter =
            Program.start(
                state,
                Map.of("CLAUDOMETER_ADMIN_URL", organization.url().text(), "LOGLEVEL", "DEBUG"),
                List.of("export", "org"));
        var prometheus = RealPrometheus.start(Files.createDirectory(directory.resolve("p")), job)) {
      prometheus.await(
          "sum(claude_requests_total) == 47 and on () sum(claude_cost_total_usd) > 11");
      prometheus.await("claude_prometheus_loop_duration_seconds");
      Truth.of(TRUTH).holds(prometheus);
      says(exporter);
    }
  }

  /// All that people have to know of their settings, and at DEBUG what was asked and came; no key.
  private static void says(Program exporter) throws IOException {
    assertThat(exporter.said())
        .contains("loop.lookback in ", "--since says how far back history is asked for")
        .contains("asks every 60 seconds, not every 30")
        .containsPattern(
            "DEBUG fetch GET http://\\S+/v1/organizations/cost_report\\?\\S+ answered 200 with \\d+"
                + " bytes")
        .containsPattern(
            "DEBUG fetch GET http://\\S+/v1/organizations/cost_report\\S* was read, \\d+ ms")
        .doesNotContain("canary");
  }
}
