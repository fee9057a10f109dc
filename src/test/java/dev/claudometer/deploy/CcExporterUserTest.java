package dev.claudometer.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.export.prometheus.RealPrometheus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever used cc-exporter sets `CLAUDE_HOME`, keeps the scrape job of its README and its
/// dashboard, and sees the right numbers.
@Tag("process")
class CcExporterUserTest {

  private static final Path TRUTH = Path.of("src/test/resources/movers/cc-exporter.txt");

  private final SevenResponses responses = new SevenResponses();

  @Test
  void dashboardAndReadmeFamiliesSayWhatTheTranscriptsSay(@TempDir Path directory)
      throws Exception {
    Path home = Files.createDirectories(directory.resolve("home"));
    responses.write(home);
    Files.writeString(home.resolve("stats-cache.json"), "{\"version\":5,\"dailyActivity\":[]}");
    int port = Program.freePort();
    Map<String, String> environment =
        Map.of(
            "CLAUDE_HOME", home.toString(),
            "EXPORTER_PORT", "" + port,
            "TZ", responses.zone());
    String job =
        """
        global: {scrape_interval: 3s, scrape_timeout: 3s}
        scrape_configs:
          - job_name: "claude-exporter"
            static_configs:
              - targets: ["localhost:%d"]
        """
            .formatted(port);
    try (var exporter =
            Program.start(directory.resolve("state"), environment, List.of("export", "local"));
        var prometheus = RealPrometheus.start(Files.createDirectory(directory.resolve("p")), job)) {
      prometheus.await("claude_total_messages > 6");
      Truth.of(TRUTH).with(responses.today()).holds(prometheus);
      assertThat(exporter.said()).contains("Claudometer exports to http://127.0.0.1:" + port);
    }
  }
}
