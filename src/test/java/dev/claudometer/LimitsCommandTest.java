package dev.claudometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.fetch.Simulator;
import dev.claudometer.source.planlimits.CookieServer;
import dev.claudometer.source.planlimits.UsageBodies;
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
import org.junit.jupiter.api.io.TempDir;

/// `claudometer limits` through the real command line.
class LimitsCommandTest {

  private static final Instant RESET = Instant.parse("2026-11-20T16:50:00Z");

  @TempDir private Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private Instant now = Instant.parse("2026-11-20T12:00:00Z");
  private double percent = 10;
  private Simulator simulator;

  @BeforeEach
  void start() throws IOException {
    Files.createDirectories(directory.resolve(".claude/projects"));
    simulator =
        new Simulator() {
          @Override
          protected String answer(Asked asked) {
            return switch (asked.path()) {
              case "/api/v1/credits" -> "{\"data\":{\"total_credits\":100,\"total_usage\":25.5}}";
              case "/github-copilot/chat" ->
                  "{\"quotas\":{\"remaining\":{\"chatPercentage\":40},\"resetDate\":\"2026-12-01\"}}";
              default -> UsageBodies.fiveHour(percent, RESET.toString());
            };
          }
        };
    environment.put("XDG_STATE_HOME", directory.resolve("state").toString());
    for (String service : new String[] {"LIMITS", "CLAUDE_AI", "OPENROUTER", "GITHUB"}) {
      environment.put("CLAUDOMETER_" + service + "_URL", simulator.url().text());
    }
    environment.put("OPENROUTER_API_KEY", "sk-or-canary");
    environment.put("CLAUDE_CODE_OAUTH_TOKEN", "sk-ant-oat01-canary");
    environment.put("CLAUDE_ORGANIZATION_ID", "o-1");
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void nothingIsAskedUnlessSomebodyWantsIt() {
    assertThat(run("limits").out()).isEqualTo("No readings yet.\n");
    assertThat(simulator.asked).isEmpty();
  }

  @Test
  void statusLineIsRememberedWithItsAgeAndBurnRate() {
    for (int use = 10; use <= 40; use += 10) {
      statusline(use);
      now = now.plus(Duration.ofMinutes(20));
    }
    assertThat(run("limits").out())
        .isEqualTo(
            """
            Window     Used  Resets in  Per hour  Full in  Basis              Age  Source
            ─────────────────────────────────────────────────────────────────────────────────
            five_hour   40%     3h 30m       30%  1h 40m   4 readings, 1h 0m  20m  statusline
            Full in: if the pace of this window's readings, shown under Basis, continues.
            """);
    now = RESET;
    assertThat(run("limits").out()).contains("–", "has reset").doesNotContain("40%");
    assertThat(run("limits", "--json").out()).contains("\"utilization\": null");
    assertThat(run("doctor").out())
        .contains("Plan window five_hour: has reset at ")
        .doesNotContain("40 %");
  }

  @Test
  void idleTerminalDoesNotOverwriteTheOneThatWorks() {
    told("b", 5, now.plusSeconds(17_000));
    told("a", 97, now.plusSeconds(1_200));
    assertThat(run("limits", "--offline", "--json").out())
        .contains("\"utilization\": 0.05")
        .contains(
            "\"resetsAt\": \"" + now.plusSeconds(17_000).toString().replace("Z", ".000Z") + "\"");
    for (int use = 10; use <= 60; use += 10) {
      told("b", use, RESET.plusSeconds(1_000));
      told("a", 20, RESET.plusSeconds(1_000));
      now = now.plus(Duration.ofMinutes(10));
    }
    assertThat(run("limits", "--offline").out()).contains("60%  30m");
    told("b", 4, RESET.plusSeconds(1_000));
    told("a", 20, RESET.plusSeconds(1_000));
    assertThat(run("limits", "--offline").out()).as("an early reset").contains("4.0%");
  }

  @Test
  void whatClaudeCodeRemembersIsAsOldAsItIs() throws IOException {
    Files.writeString(
        directory.resolve(".claude.json"),
        "{\"cachedUsageUtilization\":{\"fetchedAtMs\":"
            + now.minus(Duration.ofHours(30)).toEpochMilli()
            + ",\"utilization\":"
            + UsageBodies.FULL
            + "}}");
    assertThat(run("limits").out())
        .contains("weekly_scoped:Fable   53%", "1d 6h  cache")
        .contains("claude.extra_usage: $18.02 of $300.00 used, 1d 6h ago (cache)");
    Files.writeString(
        directory.resolve(".claude.json"),
        "{\"cachedUsageUtilization\":{\"fetchedAtMs\":"
            + now.minus(Duration.ofHours(29)).toEpochMilli()
            + ",\"utilization\":"
            + UsageBodies.FULL.replace("USD", "EUR")
            + "}}");
    now = now.plus(Duration.ofMinutes(6));
    assertThat(run("limits").out())
        .contains("claude.extra_usage: EUR 18.02 of EUR 300.00 used, 1d 5h ago (cache)");
    assertThat(run("limits", "--json").out()).contains("\"currency\": \"EUR\"");
    Files.writeString(
        directory.resolve(".claude.json"),
        "{\"cachedUsageUtilization\":{\"fetchedAtMs\":"
            + now.minus(Duration.ofHours(28)).toEpochMilli()
            + ",\"utilization\":"
            + UsageBodies.FULL
                .replace("USD", "JPY")
                .replace("\"exponent\":2", "\"exponent\":0")
                .replace("\"decimal_places\":2", "\"decimal_places\":0")
            + "}}");
    now = now.plus(Duration.ofMinutes(6));
    assertThat(run("limits").out())
        .as("yen have no decimals")
        .contains("claude.extra_usage: JPY 1,802 of JPY 30,000 used, 1d 4h ago (cache)");
  }

  @Test
  void oauthIsAskedWhereItIsWantedAndEveryFiveMinutesAtMost() {
    assertThat(run("limits", "--ask", "oauth").out()).contains("10%", "oauth");
    percent = 20;
    now = now.plusSeconds(290);
    assertThat(run("limits", "--ask", "oauth").out()).contains("10%");
    now = now.plusSeconds(10);
    assertThat(run("limits", "--ask", "oauth").out()).contains("20%");
    assertThat(simulator.asked).hasSize(2);
  }

  @Test
  void allWaysTogetherAndOneFailingDoesNotStopTheOthers() throws IOException {
    try (var cookies = new CookieServer()) {
      environment.put("COOKIEJAR_URL", cookies.url());
      environment.put("CLAUDOMETER_LIMITS", "claude.ai,copilot,openrouter");
      simulator.fails(Simulator.status(200, "<html>blocked</html>"));
      CommandRun run = run("limits");
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err()).contains("no JSON, but a page").hasLineCount(1);
      assertThat(run.out())
          .contains("github_copilot.chat   60%", "openrouter: $25.50 of $100.00 used");
      assertThat(run.out() + run.err()).doesNotContain("canary");
    }
  }

  @Test
  void whatIsMissingIsSaidAtOnce() {
    environment.remove("CLAUDE_ORGANIZATION_ID");
    environment.remove("OPENROUTER_API_KEY");
    CommandRun run = run("limits", "--ask", "claude.ai,openrouter,oracle");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .contains("'oracle' is not one of get_usage, oauth, claude.ai, openrouter, copilot")
        .contains("COOKIEJAR_URL is missing")
        .contains("OPENROUTER_API_KEY is missing")
        .hasLineCount(1);
  }

  private void statusline(int percent) {
    told("s", percent, RESET);
  }

  private void told(String session, int percent, Instant resetsAt) {
    CommandRun run =
        run(
            """
            {"session_id":"%s","rate_limits":
              {"five_hour":{"used_percentage":%d,"resets_at":%d}}}\
            """
                .formatted(session, percent, resetsAt.getEpochSecond()),
            new String[] {"statusline"});
    assertThat(run.code()).as(run.err()).isZero();
  }

  private CommandRun run(String... arguments) {
    return run("", arguments);
  }

  private CommandRun run(String input, String[] arguments) {
    return CommandRun.of(directory, environment, input, now, arguments);
  }
}
