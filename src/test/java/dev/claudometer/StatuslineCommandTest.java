package dev.claudometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.source.claudecode.Lines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `claudometer statusline` through the real command line.
class StatuslineCommandTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final String COST = "\"cost\":{\"total_cost_usd\":1}";

  @TempDir private Path home;
  private final Map<String, String> environment = new HashMap<>();
  private Instant now = NOW;

  @BeforeEach
  void session() throws IOException {
    Path project = Files.createDirectories(home.resolve(".claude/projects/-home-me-x"));
    Files.writeString(
        project.resolve("s.jsonl"),
        Lines.answer("msg_1", "req_1", "s", "2026-11-20T11:58:00.000Z", 1_500)
            + '\n'
            + Lines.answer("msg_2", "req_2", "s", "2026-11-20T11:59:00.000Z", 1_500)
            + '\n');
    environment.put("XDG_STATE_HOME", home.resolve("state").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "2.1.20 | 330050 | 200000 | 10,9990,70000 | 🧠 80,000 (40%)",
        "2.0.65 | 330050 | 200000 | -             | -",
        "2.0.65 | 120000 | 200000 | -             | -",
        "2.1.131 | 120000 | 200000 | -            | -",
        "2.1.132 | 50000 | 200000 | -             | 🧠 50,000 (25%)",
        "3.0.0 | 50000 | 200000 | -               | 🧠 50,000 (25%)",
        "-    | 50000 | 200000 | -                | 🧠 50,000 (25%)",
        "-    | 330050 | 200000 | -               | -",
        "2.1.329 | 0 | 1000000 | -                | -",
        "2.1.329 | 30 | 200000 | 5,0,299995       | 🧠 300,000",
      })
  void contextIsThatOfTheLastRequestOrNothing(
      String version, long total, long size, String usage, String shown) {
    String[] parts = usage == null ? null : usage.split(",", -1);
    String line =
        said(
            (version == null ? "" : "\"version\":\"" + version + "\",")
                + "\"context_window\":{\"total_input_tokens\":"
                + total
                + ",\"context_window_size\":"
                + size
                + ",\"current_usage\":"
                + (parts == null
                    ? "null"
                    : "{\"input_tokens\":%s,\"output_tokens\":500,\"cache_creation_input_tokens\":%s,\"cache_read_input_tokens\":%s}"
                        .formatted((Object[]) parts))
                + "}");
    if (shown == null) {
      assertThat(line).doesNotContain("🧠");
    } else {
      assertThat(line).endsWith(" | " + shown);
    }
  }

  @Test
  void windowPastItsResetShowsNoPercentage() {
    assertThat(said(limits("five_hour", 97, -1) + "," + limits("x", 3, 60)))
        .doesNotContain("97%", "5h");
    assertThat(
            said(
                "\"rate_limits\":{\"five_hour\":{\"used_percentage\":97,\"resets_at\":%d},\"seven_day\":{\"used_percentage\":13,\"resets_at\":%d}}"
                    .formatted(NOW.getEpochSecond(), NOW.getEpochSecond() + 60)))
        .endsWith(" | ⏳ 7d 13%");
  }

  @Test
  void idleTerminalIsToldWhatIsTrue() {
    said("\"session_id\":\"b\"," + limits("five_hour", 60, 3_600));
    assertThat(said("\"session_id\":\"a\"," + limits("five_hour", 20, 3_600))).endsWith("⏳ 5h 60%");
    now = now.plusSeconds(1);
    assertThat(said("\"session_id\":\"b\"," + limits("five_hour", 2, 3_600))).endsWith("⏳ 5h 2%");
  }

  @Test
  void spendLimitKeepsItsDollars() {
    String spend =
        "\"rate_limits\":{\"spend_limit\":{\"used_percentage\":63,\"resets_at\":%d,\"used_usd\":126%s}}";
    long resets = NOW.getEpochSecond() + 60;
    assertThat(said(spend.formatted(resets, ",\"limit_usd\":200,\"period\":\"monthly\"")))
        .endsWith("⏳ spend 63% ($126.00 of $200.00)");
    assertThat(said(spend.formatted(resets, ""))).endsWith("⏳ spend 63% ($126.00)");
  }

  /// An idle terminal repeats what was true before.
  @Test
  void dollarsOfASpendLimitAreKeptAsTheTrueReadingHasThem() {
    String spend =
        "\"session_id\":\"%s\",\"rate_limits\":{\"spend_limit\":{\"used_percentage\":%d,\"resets_at\":%d,\"used_usd\":%s,\"limit_usd\":200}}";
    long resets = NOW.getEpochSecond() + 86_400;
    said(spend.formatted("b", 63, resets, "126.5"));
    said(spend.formatted("a", 20, resets, "40"));
    String limits =
        CommandRun.of(home, environment, "", now, "limits", "--offline", "--json").out();
    assertThat(limits)
        .contains("\"account\": \"claude.spend_limit\"", "\"used\": 126.5", "\"limit\": 200")
        .doesNotContain("\"used\": 40");
  }

  @Test
  void accountWithoutAFiveHourWindowHasItsOthers() {
    assertThat(said(limits("seven_day", 41, 60))).endsWith("⏳ 7d 41%");
    assertThat(line("{" + COST + "," + limits("seven_day", 41, 7_300) + "}", "--no-cost"))
        .isEqualTo("🤖 Claude | ⏳ 7d 41% (2h 1m left)");
  }

  @Test
  void everyOptionOfCcusageIsTaken() {
    String[] options = {
      "-O --visual-burn-rate emoji-text --cost-source both --no-cache --refresh-interval 3"
          + " --context-low-threshold 45 --context-medium-threshold 75 --debug",
      "--no-offline -B emoji",
      "--cache --config /nowhere/ccusage.json",
      "--visual-burn-rate=off --cost-source=cc -z UTC",
      "--offline --no-color --single-thread"
    };
    for (String given : options) {
      assertThat(line("{" + COST + "}", given.split(" ", -1)))
          .as(given)
          .startsWith("🤖 Claude | 💰");
    }
  }

  @ParameterizedTest
  @CsvSource({"off,''", "emoji,' ⚠️'", "text,' (Moderate)'", "emoji-text,' ⚠️ (Moderate)'"})
  void burnRateIsToldAsAskedFor(String form, String told) {
    assertThat(line("{" + COST + "}", "-B", form))
        .matches(".* \\| 🔥 \\$[0-9.]+/hr" + quoted(told));
  }

  private static String quoted(String text) {
    return Pattern.quote(text);
  }

  @Test
  void costComesFromWhereItIsWanted() {
    String counted = line("{\"session_id\":\"s\"}").replaceAll(".*💰 (\\S+) session.*", "$1");
    assertThat(counted).isNotEqualTo("$1.00").startsWith("$");
    String json = "{\"session_id\":\"s\"," + COST + "}";
    assertThat(line(json)).contains("💰 $1.00 session");
    assertThat(line(json, "--cost-source", "cc")).contains("💰 $1.00 session");
    assertThat(line(json, "--cost-source", "ccusage")).contains("💰 " + counted + " session");
    assertThat(line(json, "--cost-source", "both"))
        .contains("💰 ($1.00 cc / " + counted + " ccusage) session");
  }

  @Test
  void thresholdsBringColours() {
    String json =
        "{" + COST + ",\"context_window\":{\"total_input_tokens\":%d,\"context_window_size\":100}}";
    String[] thresholds = {"--context-low-threshold", "40", "--context-medium-threshold", "60"};
    assertThat(line(json.formatted(39), thresholds)).contains("🧠 \u001b[32m39 (39%)\u001b[0m");
    assertThat(line(json.formatted(40), thresholds)).contains("🧠 \u001b[33m40 (40%)\u001b[0m");
    assertThat(line(json.formatted(60), thresholds)).contains("🧠 \u001b[31m60 (60%)\u001b[0m");
    assertThat(line(json.formatted(60))).doesNotContain("\u001b");
    environment.put("FORCE_COLOR", "1");
    assertThat(line(json.formatted(60))).contains("🧠 \u001b[33m60 (60%)");
    environment.put("NO_COLOR", "1");
    assertThat(line(json.formatted(60), thresholds)).doesNotContain("\u001b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--context-low-threshold 80 --context-medium-threshold 50",
        "--context-medium-threshold 101",
        "--context-low-threshold -1",
        "--visual-burn-rate loud",
        "--cost-source nobody"
      })
  void optionThatIsNoneIsSaid(String options) {
    CommandRun run = run("{" + COST + "}", options.split(" ", -1));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).hasLineCount(1);
  }

  @Test
  void effortAndBranchAreShown() throws IOException {
    Path repository = Files.createDirectories(home.resolve("r/.git/worktrees/w"));
    Path root = home.resolve("r");
    Files.writeString(root.resolve(".git/HEAD"), "ref: refs/heads/feature/x\n");
    Files.writeString(repository.resolve("HEAD"), "0123456789abcdef0123456789abcdef01234567\n");
    Path worktree = Files.createDirectories(home.resolve("w/deep"));
    Files.writeString(home.resolve("w/.git"), "gitdir: " + repository + "\n");
    Path inside = Files.createDirectories(root.resolve("src"));
    String json =
        "{"
            + COST
            + ",\"model\":{\"display_name\":\"Fable"
            + " 5\"},\"effort\":{\"level\":\"high\"},\"workspace\":{\"current_dir\":\"%s\"}}";
    assertThat(line(json.formatted(inside), "--git-branch"))
        .startsWith("🤖 Fable 5 (high) | ")
        .endsWith(" | 🌿 feature/x");
    assertThat(line(json.formatted(worktree), "--git-branch")).endsWith(" | 🌿 0123456");
    assertThat(line(json.formatted(home), "--git-branch")).doesNotContain("🌿");
    assertThat(line(json.formatted(inside))).doesNotContain("🌿");
  }

  @Test
  void forkSaysWhatTheForkCost() throws IOException {
    Path fork = home.resolve(".claude/projects/-home-me-x/fork.jsonl");
    String json =
        "{\"session_id\":\"fork\",\"transcript_path\":\"%s\",\"cost\":{\"total_cost_usd\":7}}"
            .formatted(fork);
    String copy =
        Lines.answer("msg_1", "req_1", "fork", "2026-11-20T11:58:00.000Z", 1_500)
            .replaceFirst("\\{", "{\"requestSessionId\":\"s\",");
    Files.writeString(fork, copy + '\n');
    assertThat(line(json)).contains("💰 $0.00 session");
    Files.writeString(
        fork,
        copy + '\n' + Lines.answer("msg_9", "req_9", "fork", "2026-11-20T11:59:59.000Z", 1_500));
    String counted = line("{\"session_id\":\"fork\"}").replaceAll(".*💰 (\\S+) session.*", "$1");
    assertThat(line(json)).contains("💰 " + counted + " session").doesNotContain("$7.00", "$0.00");
    String elsewhere = "{\"session_id\":\"fork\",%s\"cost\":{\"total_cost_usd\":7}}";
    assertThat(line(elsewhere.formatted(""))).contains("💰 " + counted + " session");
    assertThat(line(elsewhere.formatted("\"transcript_path\":\"/another/host/fork.jsonl\",")))
        .contains("💰 " + counted + " session");
  }

  @Test
  void costOfASessionThatIsNotNamedIsNotZero() {
    assertThat(line("{}")).contains(" today").doesNotContain("session");
    assertThat(line("{" + COST + "}")).contains("💰 $1.00 session / ");
  }

  @Test
  void lineIsPrintedWhateverIsMissing() throws IOException {
    String json = "{\"session_id\":\"s\"," + COST + "," + limits("five_hour", 46, 60) + "}";
    Path blocked = Files.writeString(home.resolve("file"), "");
    environment.put("XDG_STATE_HOME", blocked.toString());
    CommandRun unwritable = run(json);
    assertThat(unwritable.code()).isZero();
    assertThat(unwritable.out()).contains("🤖 Claude", "$1.00 session", "⏳ 5h 46%");
    environment.put("XDG_STATE_HOME", home.resolve("other").toString());
    CommandRun nowhere = run(json, "--home", home.resolve("nowhere").toString());
    assertThat(nowhere.code()).isZero();
    assertThat(nowhere.out()).isEqualTo("🤖 Claude | 💰 $1.00 session | ⏳ 5h 46%\n");
    assertThat(nowhere.err()).contains("nowhere");
  }

  private static String limits(String window, int percent, long seconds) {
    return "\"rate_limits\":{\"%s\":{\"used_percentage\":%d,\"resets_at\":%d}}"
        .formatted(window, percent, NOW.getEpochSecond() + seconds);
  }

  private String said(String fields) {
    return line("{" + COST + "," + fields + "}");
  }

  private String line(String json, String... options) {
    CommandRun run = run(json, options);
    assertThat(run.code()).as(run.err()).isZero();
    return run.out().strip();
  }

  private CommandRun run(String json, String... options) {
    var arguments = new String[options.length + 1];
    arguments[0] = "statusline";
    System.arraycopy(options, 0, arguments, 1, options.length);
    return CommandRun.of(home, environment, json, now, arguments);
  }
}
