package dev.claudometer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who has typed and scripted ccusage can type and script the same here.
///
/// The home has one response of each of three days: 1,000 input tokens of Opus 5.5 (`$0.004`),
/// 1,000 of Haiku 5.5 (`$0.0001`), and one of a model that has no price.
@Tag("process")
class CcusageScriptsTest {

  private static final String LINE =
      """
      {"type":"assistant","sessionId":"s-%1$d","uuid":"u%1$d","timestamp":"2026-11-%2$s.000Z",\
      "requestId":"req_%1$d","message":{"id":"msg_%1$d","role":"assistant","model":"%3$s",\
      "stop_reason":"end_turn","content":[],"usage":{"input_tokens":%4$d,"output_tokens":0}}}
      """;

  @TempDir Path temp = Path.of("");

  @BeforeEach
  void threeDays() throws IOException {
    Path project = Files.createDirectories(temp.resolve("home/projects/repo"));
    write(project, 1, "19T08:00:00", "claude-opus-5-5", 1000);
    write(project, 2, "20T08:00:00", "claude-haiku-5-5", 1000);
    write(project, 3, "21T11:00:00", "house-model", 7);
  }

  private static void write(Path project, int number, String at, String model, int input)
      throws IOException {
    Files.writeString(
        project.resolve("s-" + number + ".jsonl"), LINE.formatted(number, at, model, input));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "daily --json --since 20260102",
        "session --json",
        "--json --since=20260102 --until 20260110 --mode calculate --debug --debug-samples 9"
            + " --order desc --breakdown --offline --no-offline --color --no-color --timezone"
            + " Asia/Tokyo --jq .totals --compact --single-thread daily",
        "claude",
        "claude weekly --start-of-week monday",
        "claude daily --instances --project repo --project-aliases repo=Repository",
        "claude daily --json --mode display --instances --project repo",
        "blocks --active --recent --token-limit max --session-length=6.5",
        "blocks -a --token-limit=max --session-length 6",
        "claude blocks -a",
        "claude session --json --id s-1",
        "session --json --id s-1",
        "claude:monthly --json",
        "daily --all --by-agent",
        "--sections daily,monthly daily --json",
        "weekly --last 4 --no-cost -q .weekly[0]",
        "-v",
        "help daily",
        "monthly --json --offline --order desc",
        "session --json -o desc",
        "claude daily -d -O --no-color -z local",
      })
  void itsArgumentListsAreUnderstood(String line) {
    CommandRun run = run(line.isEmpty() ? new String[0] : line.split(" ", -1));
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--daily", "--mode bad", "blocks --session-length abc", "claude yearly"})
  void whatItRefusesIsRefused(String line) {
    CommandRun run = run(line.split(" ", -1));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).startsWith("claudometer: ").contains("--help'");
  }

  @Test
  void theLastDaysAreThoseUpToToday() {
    assertThat(days("--last", "2")).containsExactly("2026-11-20", "2026-11-21");
    assertThat(days("--since", "2d")).containsExactly("2026-11-20", "2026-11-21");
    assertThat(days("--since", "today")).containsExactly("2026-11-21");
    assertThat(days("--since", "yesterday", "--until", "yesterday")).containsExactly("2026-11-20");
    assertThat(days("--since", "1w")).hasSize(3);
    assertThat(run("weekly", "--last", "1", "-w", "sat", "--jq", ".weekly[].week").out())
        .isEqualTo("\"2026-11-21\"\n");
    assertThat(run("daily", "--last", "2", "--since", "today").code()).isEqualTo(2);
    assertThat(run("daily", "--since", "0d").code()).isEqualTo(2);
  }

  private List<String> days(String... options) {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(List.of("daily", "--jq", ".daily[].date"));
    return run(arguments.toArray(String[]::new)).out().replace("\"", "").lines().toList();
  }

  @Test
  void withoutCostNoFormHasOne() {
    for (String report : List.of("daily", "session", "blocks", "session s-1", "models")) {
      for (String form : List.of("--json", "--csv", "--color")) {
        String line = report + " --no-cost " + form;
        String out = run(line.split(" ", -1)).out();
        assertThat(out.toLowerCase(java.util.Locale.ROOT)).as(line).doesNotContain("cost", "$");
        assertThat(out).as(line).contains("1").doesNotContain("0.004");
      }
    }
  }

  @Test
  void anotherNameOfAProjectStandsInTablesOnly() {
    String[] aliases = {"daily", "--instances", "--project-aliases", "repo=Repository"};
    assertThat(run(aliases).out()).contains("Repository");
    List<String> json = new ArrayList<>(List.of(aliases));
    json.add("--json");
    assertThat(run(json.toArray(String[]::new)).out())
        .contains("\"repo\": [")
        .doesNotContain("Rep");
  }

  @Test
  void coloursAreForcedAndForbiddenByVariables() {
    assertThat(colored(Map.of("FORCE_COLOR", "1"))).isTrue();
    assertThat(colored(Map.of("FORCE_COLOR", "0"))).isFalse();
    assertThat(colored(Map.of("FORCE_COLOR", "1", "NO_COLOR", "1"))).isFalse();
    assertThat(colored(Map.of("NO_COLOR", "1"), "--color")).isTrue();
    assertThat(colored(Map.of())).isFalse();
  }

  private boolean colored(Map<String, String> variables, String... more) {
    List<String> line = new ArrayList<>(List.of("daily", "--home", home()));
    line.addAll(List.of(more));
    return CommandRun.of(temp.resolve("state"), variables, line).out().contains("\u001b[");
  }

  @Test
  void jsonHasTheNamesOfItsReportsOnSeveralAgents() {
    assertThat(run("daily", "--jq", "[.daily[] | [.period, .agent]] | first | tojson").out())
        .isEqualTo("\"[\\\"2026-11-19\\\",\\\"claude\\\"]\"\n");
    assertThat(run("session", "--jq", "[.session[].period] | sort | join(\" \")").out())
        .isEqualTo("\"s-1 s-2 s-3\"\n");
    assertThat(run("session", "--jq", ".session == .sessions").out()).isEqualTo("true\n");
  }

  /// 1,007 + 1,000 tokens fall into the same month; each day and session has its own row.
  @Test
  void severalReportsAreOneAnswer() {
    String json =
        run(
                "--sections",
                "daily,monthly,session",
                "--jq",
                "[keys_unsorted, (.daily, .monthly, .session | length)] | tojson")
            .out();
    assertThat(json)
        .isEqualTo(
            "\"[[\\\"daily\\\",\\\"monthly\\\",\\\"sessions\\\",\\\"session\\\",\\\"totals\\\"],3,1,3]\"\n");
    assertThat(
            run("weekly", "-w", "sat", "--sections", "weekly,daily", "--jq", ".weekly[].week")
                .out())
        .isEqualTo("\"2026-11-14\"\n\"2026-11-21\"\n");
    assertThat(run("--sections", "monthly", "--jq", ".totals.inputTokens").out())
        .isEqualTo("2007\n");
    assertThat(run("daily", "--sections", "daily,monthly").out())
        .containsSubsequence("Date ", "2026-11-19", "Month ", "2026-11 ");
    assertThat(run("--sections", "daily,yearly").code()).isEqualTo(2);
    assertThat(run("--sections", "daily", "--csv").code()).isEqualTo(2);
  }

  /// What one home holds is not what was asked for.
  @Test
  void homeThatIsNotThereIsNamedBesideAnother() {
    String none = temp.resolve("none").toString();
    CommandRun run = run("daily", "--home", none, "--json");
    assertThat(run.code()).isZero();
    assertThat(run.err()).isEqualTo("claudometer: there is no Claude home " + none + "\n");
    assertThat(run.out()).isEqualTo(run("daily", "--json").out());
  }

  @Test
  void itsFileOfSettingsIsAcceptedAndSaidNotToCount() {
    CommandRun run = run("daily", "--config", "/tmp/ccusage.json", "--json");
    assertThat(run.code()).isZero();
    assertThat(run.out()).isEqualTo(run("daily", "--json").out());
    assertThat(run.err())
        .isEqualTo("claudometer: --config is not read: give what it sets as options\n");
  }

  @Test
  void modelsWithoutAPriceAreNamed() {
    assertThat(run("daily", "--jq", ".totals.unpricedModels[]").out())
        .isEqualTo("\"house-model\"\n");
    assertThat(
            run("daily", "--jq", ".daily[].modelBreakdowns[] | select(.missingPricing).modelName")
                .out())
        .isEqualTo("\"house-model\"\n");
    assertThat(
            run("daily", "--until", "20261120", "--jq", ".totals | has(\"unpricedModels\")").out())
        .isEqualTo("false\n");
  }

  @Test
  void filtersOfJqGiveWhatJqGives() throws Exception {
    assumeTrue(installed("jq"), "jq is not installed");
    for (String filter :
        List.of(
            ".",
            ".totals.totalCost",
            ".daily[-1].modelBreakdowns",
            "[.daily[] | {date, totalTokens}]",
            ".daily | map(.totalTokens) | add",
            ".daily[] | select(.date == \"2026-11-20\") | .inputTokens",
            ".nothing",
            "[], {}, null, true, \"x\"")) {
      String whole = run("daily", "--json").out();
      assertThat(run("daily", "--jq", filter).out())
          .as(filter)
          .isEqualTo(process(whole, "jq", filter));
    }
  }

  @Test
  void aBadFilterIsWrongUsage() {
    assertThat(run("daily", "--jq", ".[").code()).isEqualTo(2);
    assertThat(run("daily", "--jq", ".totals | error(\"no\")").code()).isEqualTo(1);
  }

  /// recca0120/tmux-ccusage: `grep -o '"totalCost": *[0-9.]*' | awk -F': *' '{print $2}'`, and for
  /// `printf` it needs a number.
  @Test
  void textToolsFindNumbers() throws Exception {
    String json = run("daily", "--since", "20261119", "--until", "20261119", "--json").out();
    String script =
        "cost=$(grep -o '\"totalCost\": [0-9.]*' | head -1 | sed 's/.*: //'); printf '%.4f'"
            + " \"$cost\"";
    assertThat(process(json, "sh", "-c", script)).isEqualTo("0.0040");
  }

  /// fred-drake/nix, waybar.
  @Test
  void waybarFindsTheActiveBlock() throws Exception {
    assumeTrue(installed("jq"), "jq is not installed");
    String filter = ".blocks[] | select(.isActive) | \"\\(.endTime) \\(.totalTokens)\"";
    assertThat(process(run("blocks", "--json", "--active").out(), "jq", "-r", filter))
        .isEqualTo("2026-11-21T16:00:00.000Z 7\n");
  }

  @Test
  void pythonReadsInstantsWithTheirFraction() throws Exception {
    assumeTrue(installed("python3"), "python3 is not installed");
    String script =
        """
        import json, sys
        from datetime import datetime
        for block in json.load(sys.stdin)["blocks"]:
            for key in ("id", "startTime", "endTime", "actualEndTime"):
                if block[key] and not block[key].startswith("gap-"):
                    datetime.strptime(block[key], "%Y-%m-%dT%H:%M:%S.%fZ")
        print("read")
        """;
    assertThat(process(run("blocks", "--json").out(), "python3", "-c", script)).isEqualTo("read\n");
  }

  @Test
  void tinyCostsHaveNoExponent() throws IOException {
    write(temp.resolve("home/projects/repo"), 4, "18T08:00:00", "claude-haiku-5-5", 1);
    for (String report :
        List.of("daily", "session", "session s-4", "blocks", "models", "explain msg_4")) {
      for (String form : List.of("--json", "--csv", "")) {
        if (!report.startsWith("explain") || !form.equals("--csv")) {
          String line = (report + " " + form).strip();
          assertThat(run(line.split(" ", -1)).out()).as(line).doesNotContain("E-");
        }
      }
    }
    assertThat(run("daily", "--csv", "--until", "20261118").out()).contains(",1,0.0000001,");
  }

  private CommandRun run(String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--home", home()));
    boolean anyHome = line.contains("-v") || line.contains("help");
    return CommandRun.of(temp.resolve("state"), anyHome ? List.of(arguments) : line);
  }

  private String home() {
    return temp.resolve("home").toString();
  }

  private static boolean installed(String program) throws Exception {
    return new ProcessBuilder("sh", "-c", "command -v " + program).start().waitFor() == 0;
  }

  private static String process(String input, String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(UTF_8));
    }
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return out;
  }
}
