package dev.claudometer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.Claudometer;
import dev.claudometer.fetch.Simulator;
import dev.claudometer.source.adminapi.AdminSimulator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `claudometer org` against an organisation that is made up, through the real command line.
class OrganizationCommandTest {

  private static final String KEY = "sk-ant-admin01-canary";

  @TempDir private Path directory;
  private AdminSimulator simulator;
  private final Map<String, String> environment = new HashMap<>();
  private Instant now = Instant.parse("2026-11-02T12:30:00Z");

  @BeforeEach
  void start() {
    simulator = new AdminSimulator(now);
    environment.put("XDG_STATE_HOME", directory.toString());
    environment.put("CLAUDOMETER_ADMIN_URL", simulator.url().text());
    environment.put("APIKEY", KEY);
    simulator.messages.put(
        Instant.parse("2026-10-31T23:00:00Z"),
        List.of(AdminSimulator.usage("apikey_1", "claude-opus-4-6", 1500, 500)));
    simulator.messages.put(
        Instant.parse("2026-11-01T00:00:00Z"),
        List.of(
            AdminSimulator.usage("apikey_1", "claude-opus-4-6", 1000, 10),
            AdminSimulator.usage(null, "claude-haiku-4-5", 1, 2)));
    simulator.costs.put(
        Instant.parse("2026-10-31T00:00:00Z"),
        List.of(AdminSimulator.cost("123.45", null, "Claude Usage")));
    simulator.costs.put(
        Instant.parse("2026-11-01T00:00:00Z"),
        List.of(
            AdminSimulator.cost("1000.1", null, "Claude Usage"),
            AdminSimulator.cost("20", "wrkspc_1", "Code Execution Usage")));
    simulator.lists.put(
        "api_keys",
        List.of(
            "{\"id\":\"apikey_1\",\"name\":\"ci\",\"status\":\"active\",\"created_by\":{\"id\":\"user_1\",\"type\":\"user\"}}"));
    simulator.lists.put(
        "users", List.of("{\"id\":\"user_1\",\"name\":\"Ada\",\"email\":\"ada@x.example\"}"));
    simulator.lists.put("workspaces", List.of("{\"id\":\"wrkspc_1\",\"name\":\"Build\"}"));
    simulator.claudeCode.put("2026-11-01", List.of(AdminSimulator.record("ada@x.example", 15, 25)));
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void daysAreThoseOfTheBill() {
    CommandRun run = run("org", "daily", "--since", "2026-10-31", "--until", "2026-11-01");
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            Date        Input  Output  Cache Create  Cache Read  Total Tokens  Searches  Cost (USD)
            ───────────────────────────────────────────────────────────────────────────────────────
            2026-10-31  1,500     500            30          30         2,060         2       $1.23
            2026-11-01  1,001      12            60          60         1,133         4      $10.20
            ───────────────────────────────────────────────────────────────────────────────────────
            Total       2,501     512            90          90         3,193         6      $11.44
            """);
  }

  @Test
  void monthsAreCutInUtc() throws IOException {
    String json = run("org", "monthly", "--since", "2026-10-31", "--json").out();
    assertThat(JsonText.object(json))
        .isEqualTo(
            JsonText.object(
                """
                {"monthly": [
                  {"month": "2026-10", "inputTokens": 1500, "outputTokens": 500,
                   "cacheCreationTokens": 30, "cacheReadTokens": 30, "totalTokens": 2060,
                   "webSearchRequests": 2, "requests": null, "totalCost": 1.2345},
                  {"month": "2026-11", "inputTokens": 1001, "outputTokens": 12,
                   "cacheCreationTokens": 60, "cacheReadTokens": 60, "totalTokens": 1133,
                   "webSearchRequests": 4, "requests": null, "totalCost": 10.201}],
                 "totals": {"inputTokens": 2501, "outputTokens": 512, "cacheCreationTokens": 90,
                   "cacheReadTokens": 90, "totalTokens": 3193, "webSearchRequests": 6,
                   "requests": null, "totalCost": 11.4355}}\
                """));
  }

  @Test
  void whatAReportDoesNotTellIsUnknown() {
    assertThat(run("org", "monthly", "--by", "owner").out())
        .contains("Owner", "ada@x.example", "(console)")
        .doesNotContain("Cost (USD)");
    assertThat(run("org", "monthly", "--by", "key", "--csv", "--offline").out().lines().toList())
        .containsExactly(
            "month,key,inputTokens,outputTokens,cacheCreationTokens,cacheReadTokens,totalTokens,webSearchRequests,requests,totalCost",
            "2026-10,ci,1500,500,30,30,2060,2,,",
            "2026-11,(console),1,2,30,30,63,2,,",
            "2026-11,ci,1000,10,30,30,1070,2,,");
    assertThat(run("org", "monthly", "--by", "description", "--offline").out())
        .contains("Code Execution Usage", "$0.20")
        .doesNotContain("Input");
    assertThat(run("org", "monthly", "--by", "workspace", "--offline").out())
        .contains("(default)", "Build");
  }

  /// 31 October has cost rows and Priority Tier; 1 November Priority Tier only.
  private void usePriorityTier() {
    simulator.messages.put(
        Instant.parse("2026-10-31T22:00:00Z"),
        List.of(AdminSimulator.priority("apikey_1", "claude-sonnet-5-5", 700, 7)));
    simulator.messages.put(
        Instant.parse("2026-11-01T00:00:00Z"),
        List.of(AdminSimulator.priority("apikey_1", "claude-sonnet-5-5", 100, 1)));
    simulator.costs.remove(Instant.parse("2026-11-01T00:00:00Z"));
  }

  @Test
  void priorityTierIsInNoCostReportAndNotFree() {
    usePriorityTier();
    assertThat(run("org", "daily", "--since", "2026-10-31", "--until", "2026-11-01").out())
        .isEqualTo(
            """
            Date        Input  Output  Cache Create  Cache Read  Total Tokens  Searches  Cost (USD)
            ───────────────────────────────────────────────────────────────────────────────────────
            2026-10-31  2,200     507            60          60         2,827         4      $1.23+
            2026-11-01    100       1            30          30           161         2           –
            ───────────────────────────────────────────────────────────────────────────────────────
            Total       2,300     508            90          90         2,988         6      $1.23+
            """);
    assertThat(run("org", "daily", "--offline", "--until", "2026-10-31", "--json").out())
        .contains("\"totalCost\": null", "\"knownCost\": 1.2345");
    assertThat(run("org", "daily", "--offline", "--until", "2026-11-01", "--csv").out().lines())
        .anyMatch(line -> line.startsWith("2026-10-31,2200") && line.endsWith(",,1.2345"))
        .anyMatch(line -> line.startsWith("2026-11-01,100") && line.endsWith(",,"));
  }

  @Test
  void priorityTierHasNoDollarsHoweverTheBillIsSplit() {
    usePriorityTier();
    run("org", "daily", "--since", "2026-10-31");
    assertThat(split("model"))
        .anyMatch(row -> row.matches("2026-11 +claude-sonnet-5-5 .* –"))
        .anyMatch(row -> row.matches("2026-10 +claude-sonnet-5-5 .* –"))
        .anyMatch(row -> row.matches("2026-10 +claude-opus-4-6 .* \\$1.23"));
    assertThat(split("tier"))
        .anyMatch(row -> row.matches("2026-10 +priority .* –"))
        .anyMatch(row -> row.matches("2026-10 +standard .* \\$1.23"));
    assertThat(split("workspace")).anyMatch(row -> row.matches("2026-10 +.default. .* \\$1.23\\+"));
    assertThat(split("description")).anyMatch(row -> row.matches("2026-10 +.priority tier.* –"));
    for (String by : List.of("model", "tier", "workspace", "context", "region", "description")) {
      assertThat(split(by)).as(by).anyMatch(row -> row.matches("Total .* \\$1.23\\+"));
    }
  }

  private List<String> split(String by) {
    return run("org", "monthly", "--offline", "--by", by).out().lines().toList();
  }

  @Test
  void priorityTierWithACostRowOfItsOwnIsBilled() {
    usePriorityTier();
    for (String day : List.of("2026-10-31", "2026-11-01")) {
      simulator.costs.put(
          Instant.parse(day + "T00:00:00Z"),
          List.of(
              AdminSimulator.cost("50", null, "Claude Usage")
                  .replace("\"service_tier\":\"standard\"", "\"service_tier\":\"priority\"")
                  .replace("claude-opus-4-6", "claude-sonnet-5-5")));
    }
    assertThat(run("org", "daily", "--since", "2026-10-31", "--until", "2026-11-01").out())
        .contains("$0.50\n", "$1.00\n")
        .doesNotContain("+\n");
    assertThat(split("model")).anyMatch(row -> row.matches("2026-11 +claude-sonnet-5-5.* \\$0.50"));
  }

  @Test
  void monthsAreWholeFromTheFirstTimeOn() {
    run("org", "monthly");
    assertThat(simulator.asked.stream().filter(asked -> asked.path().endsWith("messages")))
        .first()
        .extracting(asked -> asked.parameter("starting_at"))
        .isEqualTo("2026-10-01T00:00:00Z");
  }

  @Test
  void requestsAreShownWhereTheyAreCounted() {
    Instant hour = Instant.parse("2026-11-01T01:00:00Z");
    simulator.requests =
        new TreeMap<>(
            Map.of(hour, List.of(AdminSimulator.row(hour, "apikey_1", "claude-opus-4-6", 5, 42L))));
    assertThat(run("org", "daily", "--since", "2026-11-01").out()).contains("Requests", " 42 ");
  }

  @Test
  void keysHaveCostsWhereTheyAreTold() {
    Instant hour = Instant.parse("2026-11-01T01:00:00Z");
    simulator.keyCosts =
        new TreeMap<>(
            Map.of(hour, List.of(AdminSimulator.cost(hour, "apikey_1", "claude-opus-4-6", "250"))));
    assertThat(run("org", "monthly", "--by", "key").out()).contains("Cost (USD)", "ci", "$2.50");
    assertThat(run("org", "monthly", "--by", "owner", "--offline").out())
        .as("an account's are among those without a key")
        .doesNotContain("Cost (USD)");
    assertThat(run("org", "monthly", "--offline").out()).contains("$10.20").doesNotContain("2.50");
  }

  @Test
  void claudeCodeIsByPerson() {
    assertThat(run("org", "daily", "--claude-code").out())
        .contains("ada@x.example", "15", "342", "128", "33", "$1.86");
  }

  @Test
  void keyForModelsIsRefusedBeforeAnythingIsAsked() {
    environment.put("APIKEY", "sk-ant-api03-canary");
    CommandRun run = run("org", "daily");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("sk-ant-admin").hasLineCount(1).doesNotContain("canary");
    assertThat(simulator.asked).isEmpty();
  }

  /// `APIKEY` is a name that others use too: Claude Code's own login, say, is nobody else's.
  @Test
  void textThatIsNoAdminKeyNeverLeavesTheMachine() {
    for (String foreign :
        List.of("correct-horse-battery-canary", "sk-ant-oat01-canary", "sk-proj-canary")) {
      environment.put("APIKEY", foreign);
      for (String command : List.of("org", "export org --port 0", "org --offline")) {
        CommandRun run = run(command.split(" "));
        assertThat(run.code()).as(command).isEqualTo(2);
        assertThat(run.err())
            .hasLineCount(1)
            .contains("APIKEY", "sk-ant-admin")
            .doesNotContain("canary");
      }
    }
    assertThat(simulator.asked).isEmpty();
  }

  @Test
  void withoutAKeyThereIsOneSentence() {
    environment.remove("APIKEY");
    CommandRun run = run("org");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("CLAUDOMETER_ADMIN_KEY").hasLineCount(1);
  }

  @Test
  void refusalIsSaidAndWhatIsStoredIsShown() {
    run("org", "daily");
    now = now.plusSeconds(3600);
    for (int i = 0; i < 9; i++) {
      simulator.fails(
          Simulator.status(
              403, "{\"error\":{\"type\":\"permission_error\",\"message\":\"no " + KEY + "\"}}"));
    }
    CommandRun run = run("org", "daily");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("permission_error").doesNotContain("canary");
    assertThat(run.out()).contains("2026-10-31");
  }

  @Test
  void filesOfThePythonExporterAreRead() throws IOException {
    environment.remove("APIKEY");
    Path file = directory.resolve(".config/claude-prometheus.json");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        "{\"apikey\":\""
            + KEY
            + "\",\"prometheus\":{\"port\":9001},\"loop\":{\"interval\":30},"
            + "\"logging\":{\"level\":\"INFO\"}}");
    assertThat(run("org", "daily").code()).isZero();
    Files.writeString(file, "{\"apikey\":\"" + KEY + "\",\"logging\":{\"level\":\"LOUD\"}}");
    assertThat(run("org", "daily").err()).contains("logging.level in ", "has to be DEBUG, INFO");
    Files.writeString(file, "apikey: x");
    assertThat(run("org", "daily").err()).contains("claude-prometheus.json").hasLineCount(1);
  }

  /// Its README names other files and another variable than its code reads.
  @Test
  void fileAndVariableOfThePythonExportersCodeAreRead() throws IOException {
    environment.remove("APIKEY");
    Path readme = directory.resolve(".config/claude-prometheus.json");
    Path code = directory.resolve(".config/claude-prometheus-exporter.json");
    Files.createDirectories(code.getParent());
    Files.writeString(readme, "{\"apikey\":\"no admin key\"}");
    Files.writeString(code, "{\"apikey\":\"" + KEY + "\",\"loglevel\":\"warning\"}");
    assertThat(run("org", "daily").err()).isEmpty();
    assertThat(simulator.asked.getLast().headers()).containsEntry("x-api-key", KEY);
    Files.writeString(code, "{\"apikey\":\"" + KEY + "\",\"loglevel\":\"LOUD\"}");
    assertThat(run("org", "daily").err()).contains("loglevel in ", "has to be DEBUG, INFO");
    environment.put("LOGLEVEL", "FATAL");
    assertThat(run("org", "daily").err()).isEmpty();
    environment.put("LOGGING_LEVEL", "LOUD");
    assertThat(run("org", "daily").err()).contains("LOGGING_LEVEL has to be DEBUG, INFO");
  }

  @Test
  void lookbackOfThePythonExportersFileIsNotPassedOverInSilence() throws IOException {
    Path file = directory.resolve(".config/claude-prometheus.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{\"loop\":{\"lookback\":172800}}");
    assertThat(run("org", "daily").err())
        .hasLineCount(1)
        .contains("loop.lookback in ", "claude-prometheus.json", "--since");
  }

  @Test
  void whatIsNeitherTextNorNumberInTheFileIsSaid() throws IOException {
    Path file = directory.resolve(".config/claude-prometheus.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{\"loop\":{\"interval\":[]},\"logging\":7}");
    CommandRun run = run("org", "daily");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .hasLineCount(1)
        .contains("loop.interval in ", "has to be one value", "logging in ", "has keys of its own");
  }

  private CommandRun run(String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var surroundings =
        new Surroundings(
            environment,
            directory,
            InputStream.nullInputStream(),
            new PrintStream(out, false, UTF_8),
            new PrintStream(err, true, UTF_8),
            InstantSource.fixed(now),
            ZoneId.of("America/New_York"),
            0,
            false);
    int code = Claudometer.run(surroundings, arguments);
    return new CommandRun(code, out.toString(UTF_8), err.toString(UTF_8));
  }
}
