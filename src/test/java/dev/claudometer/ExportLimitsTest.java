package dev.claudometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.export.otlp.OtlpReceiver;
import dev.claudometer.export.otlp.OtlpReceiver.Mood;
import dev.claudometer.fetch.Simulator;
import dev.claudometer.source.planlimits.CookieServer;
import dev.claudometer.source.planlimits.UsageBodies;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `claudometer export limits --once` as claude-usage-metrics is run, against real services.
@Timeout(120)
class ExportLimitsTest {

  private static final String CANARY = "canary";

  @TempDir private Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private Instant now = Instant.parse("2026-11-20T12:00:00Z");
  private Simulator simulator;
  private CookieServer cookies;
  private OtlpReceiver receiver;

  @BeforeEach
  void start() throws IOException {
    simulator =
        new Simulator() {
          @Override
          protected String answer(Asked asked) {
            return switch (asked.path()) {
              case "/api/v1/credits" -> "{\"data\":{\"total_credits\":100,\"total_usage\":25.5}}";
              case "/github-copilot/chat" ->
                  "{\"quotas\":{\"remaining\":{\"chatPercentage\":40},\"resetDate\":\"2026-12-01\"}}";
              default -> UsageBodies.FULL;
            };
          }
        };
    cookies = new CookieServer();
    cookies.cookies = "sessionKey=sk-ant-sid01-canary; Path=/; HttpOnly";
    receiver = OtlpReceiver.grpc();
    environment.put("XDG_STATE_HOME", directory.resolve("state").toString());
    for (String service : new String[] {"LIMITS", "CLAUDE_AI", "OPENROUTER", "GITHUB"}) {
      environment.put("CLAUDOMETER_" + service + "_URL", simulator.url().text());
    }
    environment.put("COOKIEJAR_URL", cookies.url());
    environment.put("CLAUDE_ORGANIZATION_ID", "10cdca09-edfe-4888-a41a-86d694683d38");
    environment.put("OPENROUTER_API_KEY", "sk-or-canary");
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.url());
    environment.put("OTEL_EXPORTER_OTLP_HEADERS", "x-key=canary-header");
    environment.put("OTEL_EXPORTER_OTLP_TIMEOUT", "60000");
  }

  @AfterEach
  void stop() {
    receiver.close();
    cookies.close();
    simulator.close();
  }

  @Test
  void environmentOfThePeerIsEnough() {
    CommandRun run = run("export", "limits", "--once");
    assertThat(run).isEqualTo(new CommandRun(0, "", ""));
    assertThat(receiver.lines())
        .contains(
            "claude.usage.utilization{metric_name=five_hour} 0.46",
            "claude.usage.utilization{metric_name=iguana_necktie} 1.205",
            "claude.usage.utilization{metric_name=weekly_scoped:Fable} 0.53",
            "claude.usage.utilization{metric_name=extra_usage} 0.06",
            "claude.usage.seconds_to_reset{metric_name=five_hour} 17400",
            "openrouter.credits.total{} 100.0",
            "openrouter.credits.usage{} 25.5",
            "openrouter.credits.remaining{} 74.5",
            "claude_credits_used_usd{account=claude.extra_usage} 18.02",
            "claudometer_reading_age_seconds{origin=claude.ai, reading=five_hour} 0.0",
            "claudometer_poll_up{source=planlimits/claude.ai} 1",
            "claudometer_poll_up{source=quota/openrouter} 1")
        .noneMatch(line -> line.contains("seven_day_cowork") || line.contains("copilot"));
    assertThat(receiver.metrics).as("one push").hasSize(1);
    assertThat(
            OtlpReceiver.labels(
                receiver
                    .metrics
                    .getFirst()
                    .getResourceMetrics(0)
                    .getResource()
                    .getAttributesList()))
        .isEqualTo("{service.name=claude-usage-metrics}");
    assertThat(receiver.spans())
        .extracting(span -> OtlpReceiver.labels(span.getAttributesList()))
        .containsExactly(
            "{source=planlimits/cache}",
            "{source=planlimits/claude.ai}",
            "{source=quota/openrouter}");
  }

  @Test
  void howMuchIsLoggedIsSaidByTheVariable() {
    environment.put("LOGGING_LEVEL", "DEBUG");
    assertThat(run("export", "limits", "--once").err())
        .contains(" DEBUG fetch ", " answered 200 with ")
        .doesNotContain("canary");
    now = now.plus(Duration.ofMinutes(10));
    environment.put("LOGGING_LEVEL", "INFO");
    assertThat(run("export", "limits", "--once")).isEqualTo(new CommandRun(0, "", ""));
    environment.put("LOGGING_LEVEL", "loud");
    CommandRun wrong = run("export", "limits", "--once");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err())
        .contains("LOGGING_LEVEL has to be DEBUG, INFO, WARNING or ERROR: 'loud'");
  }

  @Test
  void copilotIsAskedWhereItIsWanted() {
    assertThat(run("export", "limits", "--once", "--ask", "copilot").code()).isZero();
    assertThat(receiver.lines())
        .contains(
            "github_copilot.usage.utilization{metric_name=chat} 0.6",
            "github_copilot.usage.seconds_to_reset{metric_name=chat} 907200")
        .noneMatch(line -> line.contains("claude.usage"));
  }

  @Test
  void oneFailingSourceDoesNotStopTheOthersAndIsInTheExitCode() {
    assertThat(run("export", "limits", "--once").code()).isZero();
    now = now.plus(Duration.ofMinutes(10));
    receiver.metrics.clear();
    receiver.traces.clear();
    simulator.fails(Simulator.status(403, "<html>sk-ant-sid01-canary</html>"));
    CommandRun failed = run("export", "limits", "--once");
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.err())
        .startsWith("claudometer: planlimits/claude.ai: ")
        .contains("403")
        .hasLineCount(1);
    assertThat(receiver.lines())
        .contains(
            "claude.usage.utilization{metric_name=five_hour} 0.46",
            "claudometer_reading_age_seconds{origin=claude.ai, reading=five_hour} 600.0",
            "claudometer_reading_age_seconds{origin=openrouter, reading=openrouter} 0.0",
            "claudometer_poll_up{source=planlimits/claude.ai} 0",
            "claudometer_poll_up{source=quota/openrouter} 1");
    assertThat(receiver.spans())
        .filteredOn(span -> span.getStatus().getCode() == StatusCode.STATUS_CODE_ERROR)
        .hasSize(1)
        .allSatisfy(span -> assertThat(span.getStatus().getMessage()).contains("403"));
  }

  @Test
  void whatHasBeenMendedIsAskedAgainAfterAMinuteAndTillThenThatIsSaid() {
    simulator.fails(Simulator.status(403, "<html>sk-ant-sid01-canary</html>"));
    assertThat(run("export", "limits", "--once").err())
        .contains("does not let the cookies ask")
        .doesNotContain("not asked again");
    int asked = simulator.asked.size();
    now = now.plus(Duration.ofSeconds(30));
    CommandRun soon = run("export", "limits", "--once");
    assertThat(soon.code()).isEqualTo(1);
    assertThat(soon.err())
        .contains(
            "planlimits/claude.ai: ", "(failed at 12:00:00Z, not asked again before 12:01:00Z)")
        .contains(
            "quota/openrouter is told as it was (asked at 12:00:00Z, not asked again before"
                + " 12:05:00Z)");
    assertThat(simulator.asked).hasSize(asked);
    now = now.plus(Duration.ofSeconds(30));
    CommandRun mended = run("export", "limits", "--once");
    assertThat(mended.code()).as(mended.err()).isZero();
    assertThat(simulator.asked).hasSize(asked + 1);
  }

  @Test
  void whereNothingOrHalfIsConfiguredThatIsSaid() {
    environment.remove("OPENROUTER_API_KEY");
    environment.remove("COOKIEJAR_URL");
    CommandRun half = run("export", "limits", "--once");
    assertThat(half.code()).isEqualTo(2);
    assertThat(half.err()).hasLineCount(1).contains("COOKIEJAR_URL is missing");
    environment.remove("CLAUDE_ORGANIZATION_ID");
    CommandRun nothing = run("export", "limits", "--once");
    assertThat(nothing.code()).isEqualTo(1);
    assertThat(nothing.err())
        .hasLineCount(1)
        .contains("there is nothing to tell: set COOKIEJAR_URL");
  }

  @Test
  void sourceThatHasNeverAnsweredIsUnknownAndNotZero() throws IOException {
    cookies.cookies = null;
    CommandRun run = run("export", "limits", "--once");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("has no cookies for .claude.ai");
    assertThat(receiver.lines())
        .contains("openrouter.credits.total{} 100.0")
        .noneMatch(line -> line.startsWith("claude.usage"));
  }

  @Test
  void windowThatHasResetSinceHasNoPercentage() {
    run("export", "limits", "--once");
    receiver.metrics.clear();
    simulator.fails(Simulator.cut());
    now = Instant.parse("2026-11-20T16:50:00Z");
    assertThat(run("export", "limits", "--once").code()).isEqualTo(1);
    assertThat(receiver.lines())
        .contains(
            "claude.usage.utilization{metric_name=seven_day} 0.08",
            "claudometer_reading_age_seconds{origin=claude.ai, reading=five_hour} 17400.0")
        .noneMatch(line -> line.contains("metric_name=five_hour"));
  }

  @Test
  void statusLinesReadingsArePushedToo() throws IOException {
    Files.createDirectories(directory.resolve(".claude/projects"));
    environment.remove("COOKIEJAR_URL");
    environment.remove("CLAUDE_ORGANIZATION_ID");
    environment.remove("OPENROUTER_API_KEY");
    run(
        "{\"rate_limits\":{\"five_hour\":{\"used_percentage\":25,\"resets_at\":%d}}}"
            .formatted(now.plusSeconds(600).getEpochSecond()),
        new String[] {"statusline"});
    assertThat(run("export", "limits", "--once")).isEqualTo(new CommandRun(0, "", ""));
    assertThat(receiver.lines()).contains("claude.usage.utilization{metric_name=five_hour} 0.25");
    assertThat(simulator.asked).isEmpty();
  }

  @Test
  void receiverThatDoesNotTakeItIsInTheExitCode() {
    receiver.mood(Mood.REFUSES);
    CommandRun refused = run("export", "limits", "--once");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err())
        .contains("metrics are not taken by " + receiver.url() + ": it answers UNAUTHENTICATED");
    receiver.close();
    CommandRun away = run("export", "limits", "--once");
    assertThat(away.code()).isEqualTo(1);
    assertThat(away.err()).contains("it cannot be reached");
    environment.put("OTEL_METRICS_EXPORTER", "none");
    environment.put("OTEL_TRACES_EXPORTER", "none");
    assertThat(run("export", "limits", "--once").code()).isZero();
  }

  @Test
  void receiverThatHangsIsWaitedForNoLongerThanTheTimeout() {
    receiver.mood(Mood.HANGS);
    environment.put("OTEL_EXPORTER_OTLP_TIMEOUT", "2000");
    long began = System.nanoTime();
    CommandRun run = run("export", "limits", "--once");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("it does not answer in time");
  }

  @Test
  void whatIsMissingIsSaidAtOnce() {
    environment.remove("CLAUDE_ORGANIZATION_ID");
    environment.put("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json");
    CommandRun run = run("export", "limits", "--once", "--port", "99999");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .contains("CLAUDE_ORGANIZATION_ID is missing")
        .containsOnlyOnce(
            "OTEL_EXPORTER_OTLP_PROTOCOL has to be grpc or http/protobuf: 'http/json'")
        .contains("--port has to be a number up to 65535")
        .hasLineCount(1);
  }

  private CommandRun run(String... arguments) {
    return run("", arguments);
  }

  /// Whatever is said or pushed, no secret is in it.
  private CommandRun run(String input, String[] arguments) {
    var run = CommandRun.of(directory, environment, input, now, arguments);
    assertThat(run.toString() + receiver.metrics + receiver.traces).doesNotContain(CANARY);
    return run;
  }
}
