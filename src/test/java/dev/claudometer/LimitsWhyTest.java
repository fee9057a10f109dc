package dev.claudometer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who ate the limit, on the command line. Opus 5.5 costs $4 for a million tokens of input: a
/// session uses $1 and takes 10 %, a subagent of another $2 and takes 20, and 15 come while nobody
/// works.
class LimitsWhyTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Instant FIVE = NOON.plusSeconds(18_000);

  @TempDir private Path directory;
  private Instant now = NOON;

  @BeforeEach
  void window() throws IOException {
    Path loom = directory.resolve(".claude/projects/-home-ada-loom");
    Path other = directory.resolve(".claude/projects/-home-ada-warp");
    line(loom.resolve("s1.jsonl"), "s1", "", minute(30), 250_000);
    line(other.resolve("s2/subagents/agent-a1.jsonl"), "s2", "a1", minute(90), 500_000);
    told(60, 10);
    told(120, 30);
    told(150, 30);
    told(180, 45);
    now = minute(190);
  }

  @Test
  void tableTellsWhoUsedTheWindow() {
    assertThat(run("limits", "--offline", "--why", "-z", "UTC"))
        .isEqualTo(
            """
            five_hour: 45.0% at 15:00, resets at 17:00
            Session                  Where           Of the window   Share
            ──────────────────────────────────────────────────────────────
            s2                       -home-ada-warp          20.0%  44.44%
            s1                       -home-ada-loom          10.0%  22.23%
            Not from these machines                          15.0%  33.33%
            Not from these machines: 15.0% between 14:30 and 15:00
            Basis: $1 at list prices takes 10.0%; from 2 steps of the readings, each within about 0.0%.
            Not full before it resets if the last hour's pace continues (15.0%, of it 15.0% not from these machines).

            """);
  }

  @Test
  void jsonHasEverySplitAndCsvTheOneAskedFor() throws IOException {
    JsonNode window =
        new ObjectMapper().readTree(run("limits", "-O", "--why", "--json")).get("windows").get(0);
    for (String split : List.of("sessions", "machines", "projects", "agents", "programs")) {
      assertThat(
              window
                  .get(split)
                  .valueStream()
                  .mapToInt(share -> share.get("basisPoints").asInt())
                  .sum())
          .as(split)
          .isEqualTo(10_000);
    }
    assertThat(window.at("/foreign/0/from").asText()).isEqualTo("2026-11-20T14:30:00.000Z");
    assertThat(window.at("/weights/steps").asInt()).isEqualTo(2);
    assertThat(run("limits", "-O", "--why", "--csv", "--by", "agent"))
        .isEqualTo(
            """
            account,window,by,id,name,detail,ours,utilization,basisPoints\r
            ,five_hour,agent,Subagent,Subagent,,true,0.2,4444\r
            ,five_hour,agent,Main conversation,Main conversation,,true,0.1,2223\r
            ,five_hour,agent,foreign,Not from these machines,,false,0.15,3333\r
            """);
  }

  /// A window that was full after three of its five hours: on Max a third of it, by its pace.
  @Test
  void planThatIsTooSmallIsTold() {
    told(180, 100);
    now = FIVE.plusSeconds(60);
    assertThat(run("limits", "-O", "--why", "--plan", "pro", "-z", "UTC"))
        .contains("five_hour: 100.0% at 15:00, has reset at 17:00")
        .endsWith(
            """
            five_hour, the last 8 weeks: 1 of 1 window full, for 2h 0m in all.
              With max: 0 of 1 window full. Its five-hour window is 5 times as large; a full one would have gone on as it had.
              With ultra: 0 of 1 window full. Ultra has no five-hour window.
            """);
  }

  @Test
  void windowOfYesterdayIsStillTold() {
    now = FIVE.plusSeconds(20 * 3_600);
    assertThat(run("limits", "-O", "--why", "-z", "UTC"))
        .startsWith("five_hour: 45.0% at Fri 15:00, has reset at Fri 17:00\n")
        .contains("s2                       -home-ada-warp          20.0%  44.44%");
    now = FIVE.plusSeconds(9 * 86_400);
    assertThat(run("limits", "-O", "--why")).startsWith("No readings of a plan's window yet.\n");
  }

  @Test
  void withoutReadingsItSaysSo() throws IOException {
    assertThat(
            CommandRun.of(
                    directory,
                    Map.of("XDG_STATE_HOME", directory.resolve("empty").toString()),
                    "",
                    now,
                    "limits",
                    "-O",
                    "--why")
                .out())
        .isEqualTo("No readings of a plan's window yet.\n");
  }

  private static Instant minute(int minute) {
    return NOON.plusSeconds(60L * minute);
  }

  private static void line(Path file, String session, String agent, Instant at, long input)
      throws IOException {
    Files.createDirectories(file.getParent());
    String of = agent.isEmpty() ? "" : "'agentId':'" + agent + "','isSidechain':true,";
    Files.writeString(
        file,
        ("{'type':'assistant','uuid':'u-S','sessionId':'S',"
                + of
                + "'timestamp':'T','requestId':'req_S',"
                + "'message':{'id':'msg_S','model':'claude-opus-5-5','stop_reason':'end_turn',"
                + "'usage':{'input_tokens':N,'output_tokens':0}}}\n")
            .replace('\'', '"')
            .replace("-S\"", "-" + session + "\"")
            .replace("_S\"", "_" + session + "\"")
            .replace("\"S\"", "\"" + session + "\"")
            .replace("\"T\"", "\"" + at + "\"")
            .replace(":N,", ":" + input + ","));
  }

  private void told(int minute, int percent) {
    now = minute(minute);
    String input =
        "{\"session_id\":\"s1\",\"cost\":{\"total_cost_usd\":1},\"rate_limits\":{\"five_hour\":"
            + "{\"used_percentage\":"
            + percent
            + ",\"resets_at\":"
            + FIVE.getEpochSecond()
            + "}}}";
    assertThat(CommandRun.of(directory, environment(), input, now, "statusline").code()).isZero();
  }

  private Map<String, String> environment() {
    return Map.of("XDG_STATE_HOME", directory.resolve("state").toString());
  }

  private String run(String... arguments) {
    CommandRun run = CommandRun.of(directory, environment(), "", now, arguments);
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    return run.out();
  }
}
