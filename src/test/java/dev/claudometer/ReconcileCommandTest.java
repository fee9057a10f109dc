package dev.claudometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.source.adminapi.AdminSimulator;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `claudometer reconcile` asks Anthropic and tells the causes of what it says: shapes as the Admin
/// API has them, with nulls, a tier without a cost row and dollars without tokens.
///
/// A row of usage here is 1,000 input, 10 output, 10 and 20 written to the caches of an hour and
/// five minutes, and 30 read. By Opus 5.5 that costs 4,000,000 + 200,000 + 80,000 + 100,000 + 6,000
/// nano-dollars: $0.004386.
class ReconcileCommandTest {

  private static final Instant NOW = Instant.parse("2026-11-02T12:30:00Z");
  private static final Instant HOUR = Instant.parse("2026-11-01T05:00:00Z");
  private static final Instant DAY = Instant.parse("2026-11-01T00:00:00Z");

  @TempDir private Path directory;
  private AdminSimulator simulator;

  @BeforeEach
  void start() {
    simulator = new AdminSimulator(NOW);
    simulator.messages.put(
        HOUR,
        List.of(
            AdminSimulator.usage("apikey_1", "claude-opus-5-5", 1000, 10),
            AdminSimulator.priority("apikey_1", "claude-opus-5-5", 1000, 10)));
    simulator.costs.put(
        DAY,
        List.of(
            AdminSimulator.cost("20", null, "Claude Usage"),
            """
            {"amount":"2","currency":"USD","cost_type":"web_search","description":"Web Search Usage",\
            "model":null,"token_type":null,"service_tier":null,"context_window":null,\
            "inference_geo":null,"workspace_id":null}\
            """));
    simulator.lists.put(
        "api_keys", List.of("{\"id\":\"apikey_1\",\"name\":\"ci\",\"status\":\"active\"}"));
    simulator.lists.put("users", List.of());
    simulator.lists.put("workspaces", List.of());
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  /// Opus 4.6 was billed 20 cents without any tokens, and Opus 5.5 nothing for $0.004386 in no
  /// special tier: nobody says why.
  @Test
  void causesOfWhatTheAdminApiTellsAddUp() {
    assertThat(run("--csv", "--by", "model").out())
        .isEqualTo(
            """
            model,countedCost,toldCost,billedCost,costDifference,cost_web_searches,cost_without_agent,cost_priority_tier,cost_unknown\r
            total,0,,0.22,0.22,0.02,0.008772,-0.004386,0.195614\r
            (no model),0,0,0.02,0.02,0.02,0,0,0\r
            claude-opus-4-6,0,0,0.2,0.2,0,0,0,0.2\r
            claude-opus-5-5,0,0.008772,0,0,0,0.008772,-0.004386,-0.004386\r
            """);
  }

  @Test
  void monthThatIsNotKnownIsNotZero() {
    CommandRun run = run("--offline", "--csv", "--month", "2026-09", "--by", "day");
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .isEqualTo("day,countedCost,toldCost,billedCost,costDifference\r\ntotal,0,,,\r\n");
  }

  @Test
  void monthThatAnthropicTellsNothingOfWasFree() {
    assertThat(run("--csv", "--month", "2026-09", "--by", "day").out())
        .isEqualTo("day,countedCost,toldCost,billedCost,costDifference\r\ntotal,0,,0,0\r\n");
  }

  @Test
  void wrongPeriodsAreSaidInWords() {
    assertThat(run("--month", "November").err())
        .contains("--month has to be a month such as 2026-11");
    assertThat(run("--month", "2026-11", "--since", "2026-11-02").err())
        .contains("leave --since and --until out");
    assertThat(run("--since", "2026-11-03", "--until", "2026-11-02").err())
        .contains("--since 2026-11-03 is after --until 2026-11-02");
  }

  private CommandRun run(String... arguments) {
    var all =
        new ArrayList<>(
            List.of("reconcile", "--database", "file:" + directory.resolve("server.db")));
    all.addAll(List.of(arguments));
    return CommandRun.of(
        directory,
        Map.of(
            "XDG_STATE_HOME", directory.resolve("state").toString(),
            "CLAUDOMETER_ADMIN_URL", simulator.url().text(),
            "CLAUDOMETER_ADMIN_KEY", "sk-ant-admin01-canary"),
        "",
        NOW,
        all.toArray(String[]::new));
  }
}
