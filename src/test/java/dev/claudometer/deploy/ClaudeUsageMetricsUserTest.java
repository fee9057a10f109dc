package dev.claudometer.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.export.otlp.OtlpReceiver;
import dev.claudometer.export.prometheus.RealPrometheus;
import dev.claudometer.fetch.Simulator;
import dev.claudometer.source.planlimits.CookieServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever used claude-usage-metrics has its `.env`, a cookie service and an OTLP receiver; it runs
/// once and ends, or goes on and is scraped.
@Tag("process")
class ClaudeUsageMetricsUserTest {

  private static final String ORGANIZATION = "10cdca09-edfe-4888-a41a-86d694683d38";

  private final Instant reset = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(7200);

  @Test
  void environmentOfTheReadmePushesEveryWindowAndIsScraped(@TempDir Path directory)
      throws Exception {
    int port = Program.freePort();
    String job =
        """
        global: {scrape_interval: 3s, scrape_timeout: 3s}
        scrape_configs: [{job_name: limits, static_configs: [{targets: ["localhost:%d"]}]}]
        """
            .formatted(port);
    try (var claude = claude();
        var cookies = new CookieServer();
        var receiver = OtlpReceiver.grpc()) {
      cookies.cookies = "sessionKey=sk-ant-sid01-canary; Path=/; HttpOnly";
      var environment =
          Map.of(
              "COOKIEJAR_URL", cookies.url(),
              "CLAUDE_ORGANIZATION_ID", ORGANIZATION,
              "OTEL_EXPORTER_OTLP_ENDPOINT", receiver.url(),
              "OTEL_SERVICE_NAME", "claude-usage-metrics",
              "CLAUDOMETER_CLAUDE_AI_URL", claude.url().text());
      Path state = directory.resolve("state");
      try (var once = Program.start(state, environment, List.of("export", "limits", "--once"))) {
        once.join();
        assertThat(once.said()).isEmpty();
      }
      assertThat(claude.asked.getFirst().path())
          .isEqualTo("/api/organizations/" + ORGANIZATION + "/usage");
      assertThat(receiver.lines())
          .contains(
              "claude.usage.utilization{metric_name=five_hour} 0.46",
              "claude.usage.utilization{metric_name=seven_day} 0.0825",
              "claude.usage.utilization{metric_name=seven_day_opus} 1.0",
              "claude.usage.utilization{metric_name=seven_day_sonnet} 0.0",
              "claude.usage.utilization{metric_name=seven_day_oauth_apps} 0.015",
              "claude.usage.utilization{metric_name=iguana_necktie} 1.205",
              "claude.usage.utilization{metric_name=extra_usage} 0.06")
          .anyMatch(
              line ->
                  line.matches(
                      "claude.usage.seconds_to_reset\\{metric_name=five_hour}"
                          + " ([1-6][0-9]{3}|7[01][0-9]{2})|.*five_hour} 7200"));
      try (var exporter =
              Program.start(state, environment, List.of("export", "limits", "--port", "" + port));
          var prometheus =
              RealPrometheus.start(Files.createDirectory(directory.resolve("p")), job)) {
        prometheus.await("claude_usage_utilization_ratio");
        assertThat(Answers.to(prometheus, "claude_usage_utilization_ratio"))
            .isEqualTo(
                "extra_usage=0.06, five_hour=0.46, iguana_necktie=1.205, seven_day=0.0825,"
                    + " seven_day_oauth_apps=0.015, seven_day_opus=1, seven_day_sonnet=0");
        assertThat(
                Answers.to(
                    prometheus,
                    "abs(%1$s - (%2$d - timestamp(%1$s))) < bool 60"
                        .formatted(
                            "claude_usage_seconds_to_reset{metric_name=\"five_hour\"}",
                            reset.getEpochSecond())))
            .isEqualTo("five_hour=1");
        assertThat(exporter.said()).doesNotContain("canary");
      }
    }
  }

  private Simulator claude() {
    return new Simulator() {
      @Override
      protected String answer(Asked asked) {
        return """
        {"five_hour":{"utilization":46.0,"resets_at":"%s"},
         "seven_day":{"utilization":8.25,"resets_at":"%s"},
         "seven_day_opus":{"utilization":100,"resets_at":null},
         "seven_day_sonnet":{"utilization":0,"resets_at":null},
         "seven_day_oauth_apps":{"utilization":1.5,"resets_at":null},
         "iguana_necktie":{"utilization":120.5,"resets_at":null},
         "extra_usage":{"is_enabled":true,"monthly_limit":30000,"used_credits":1802,"utilization":6.0}}\
        """
            .formatted(reset, reset.plus(Duration.ofDays(3)));
      }
    };
  }
}
