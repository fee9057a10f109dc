package dev.claudometer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.agent.FaultyProxy;
import dev.claudometer.agent.FaultyProxy.Fault;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.Claudometer;
import dev.claudometer.server.TestServer;
import dev.claudometer.source.claudecode.Lines;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Slice;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What somebody types who wants a machine's usage on a server. The agent is a real process; the
/// server is real, with a proxy before it that sees everything.
class AgentCommandsTest {

  @TempDir private Path directory;
  private TestServer server;
  private FaultyProxy proxy;
  private String admin;
  private final List<Path> homes = new ArrayList<>();

  private record Run(int code, String out, String err) {}

  @BeforeEach
  void start() {
    server =
        new TestServer(
            SqliteStore.database(directory.resolve("server.db"), Durability.PROCESS),
            TestServer.Setup.USUAL);
    proxy = new FaultyProxy(server.port());
    admin = server.login("ada", Role.ADMIN);
  }

  @AfterEach
  void stop() {
    homes.forEach(home -> run(home, "", "agent", "stop"));
    proxy.close();
    server.close();
  }

  @Test
  void newUserEnrolsWatchesUsageArriveAndLeavesNothingBehind() throws Exception {
    Path home = home("laptop");
    write(home, "s1", Lines.answer("msg_1", 10));
    Set<String> before = tree(home);
    Run setup = run(home, "", "agent", "setup", "--server", url(), "--code", code(), "--name", "L");
    assertThat(setup.err()).isEmpty();
    assertThat(setup.out())
        .isEqualTo(url() + " knows this machine as 'L'. Start with: claudometer agent start\n");
    assertThat(run(home, "", "agent", "status").code()).isEqualTo(1);
    Run started = run(home, "", "agent", "start", "--live");
    assertThat(started.err()).isEmpty();
    assertThat(started.out()).startsWith("The agent runs (process ");
    await(() -> responses() == 1);
    write(home, "s1", Lines.answer("msg_2", 20));
    await(() -> responses() == 2);
    await(() -> run(home, "", "agent", "status").out().contains("Waiting:       nothing"));
    assertThat(run(home, "", "agent", "status", "-v").out())
        .contains("Agent:         runs (process ")
        .contains("Server:        " + url() + " as L")
        .contains("Transcripts:   1, read ")
        .contains("Configuration: " + home.resolve(".config/claudometer/agent.properties"));
    assertThat(run(home, "", "agent", "start").out()).startsWith("The agent runs already");
    assertThat(run(home, "", "agent", "test").out()).endsWith("It takes deliveries.\n");
    assertThat(run(home, "", "agent", "logs").out()).contains("info agent started");
    assertThat(run(home, "", "agent", "logs", "--errors").out()).isEmpty();
    assertThat(run(home, "", "agent", "stop").out()).isEqualTo("The agent has stopped.\n");
    assertThat(run(home, "", "agent", "stop").out()).isEqualTo("No agent runs.\n");
    assertThat(run(home, "", "agent", "reset").out()).isEqualTo("Everything will be sent again.\n");
    Run removed = run(home, "", "agent", "uninstall", "--yes", "--purge");
    assertThat(removed.err()).isEmpty();
    assertThat(removed.code()).isZero();
    Set<String> after = tree(home);
    after.removeIf(Set.of(".config", ".local", ".local/state")::contains);
    assertThat(after).isEqualTo(before);
    assertThat(responses()).isEqualTo(2);
  }

  /// What somebody had set stays where it is no matter of telemetry, and comes back with the rest.
  @Test
  void claudeCodeIsToldToSendHereAndToldOffAgain() throws Exception {
    Path home = home("laptop");
    Path settings = home.resolve(".claude/settings.json");
    Files.createDirectories(settings.getParent());
    String before = "{\"model\":\"opus\",\"env\":{\"OTEL_LOGS_EXPORTER\":\"console\",\"A\":\"1\"}}";
    Files.writeString(settings, before);
    run(home, "", "agent", "setup", "--server", url(), "--code", code(), "--name", "L");
    Run no = run(home, "n\n", "4318", List.of("agent", "setup", "--telemetry"));
    assertThat(no.out())
        .contains("  OTEL_LOGS_EXPORTER=otlp instead of console\n")
        .contains("  OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318\n")
        .endsWith("Nothing was written.\n");
    assertThat(settings).hasContent(before);
    assertThat(run(home, "y\n", "4318", List.of("agent", "setup", "--telemetry")).out())
        .endsWith("Written. Claude Code sends from its next start on.\n");
    assertThat(Files.readString(settings).replaceAll("\\s", ""))
        .isEqualTo(
            "{\"model\":\"opus\",\"env\":{\"OTEL_LOGS_EXPORTER\":\"otlp\",\"A\":\"1\","
                + "\"CLAUDE_CODE_ENABLE_TELEMETRY\":\"1\",\"OTEL_METRICS_EXPORTER\":\"otlp\","
                + "\"OTEL_EXPORTER_OTLP_PROTOCOL\":\"http/json\","
                + "\"OTEL_EXPORTER_OTLP_ENDPOINT\":\"http://127.0.0.1:4318\"}}");
    assertThat(run(home, "", "4318", List.of("agent", "setup", "--telemetry")).out())
        .contains("here already");
    assertThat(run(home, "", "agent", "uninstall", "--yes").out())
        .contains("telemetry is as it was before");
    assertThat(Files.readString(settings).replaceAll("\\s", "")).isEqualTo(before);
    assertThat(home.resolve(".local/state/claudometer/telemetry-before.properties")).doesNotExist();
  }

  @Test
  void whatIsShownIsWhatTravelsAndNoTextOfAnybodyIsInIt() throws Exception {
    Path home = home("laptop");
    write(home, "s1", Lines.answer("msg_1", 10));
    write(home, "s1", Lines.user("u-1", "\"" + Lines.SECRET + "\"", ""));
    write(home, "s1", Lines.system("u-2", "api_error", ""));
    write(home, "s1", "{\"type\":\"assistant\",\"" + Lines.SECRET + "\":{broken " + Lines.SECRET);
    write(
        home,
        "s2",
        Lines.answer("msg_2", 7)
            .replace(
                "{\"type\":\"text\"",
                "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"Write\",\"input\":{\"file_path\":\""
                    + Lines.SECRET
                    + "\",\"content\":\""
                    + Lines.SECRET
                    + "\"}},{\"type\":\"text\""));
    setUp(home);
    assertThat(run(home, "", "daily").code()).isZero();
    List<String> shown = run(home, "", "agent", "show-wire").out().lines().toList();
    assertThat(shown).isNotEmpty();
    run(home, "", "agent", "start", "--live");
    await(() -> responses() == 2);
    List<String> sent =
        proxy.bodies().stream().filter(body -> !body.endsWith("\"observations\":[]}")).toList();
    assertThat(sent).isEqualTo(shown);
    Run later = run(home, "", "agent", "show-wire");
    assertThat(later.out()).isEmpty();
    assertThat(later.err()).contains("nothing waits");
    assertThat(run(home, "", "agent", "show-wire", "--all").out().lines().toList())
        .isEqualTo(shown);
    run(home, "", "agent", "stop");
    assertNoText(home);
  }

  /// On the wire, in both stores, in every file of the agent, in what the server logs.
  private void assertNoText(Path home) throws IOException {
    assertThat(String.join("", proxy.bodies())).doesNotContain(Lines.SECRET);
    assertThat(server.log.after(0).toString()).doesNotContain(Lines.SECRET);
    List<Path> written = new ArrayList<>();
    try (Stream<Path> files = Files.walk(home)) {
      files.filter(file -> !file.startsWith(home.resolve(".claude"))).forEach(written::add);
    }
    try (Stream<Path> files = Files.list(directory)) {
      files.forEach(written::add);
    }
    written.removeIf(file -> !Files.isRegularFile(file));
    assertThat(written).hasSizeGreaterThan(5);
    for (Path file : written) {
      assertThat(new String(Files.readAllBytes(file), ISO_8859_1))
          .as(file.toString())
          .doesNotContain(Lines.SECRET);
    }
  }

  @Test
  void twoAgentsOnOneHomeAndAHomeThatWasCopiedCountOnce() throws Exception {
    Path home = home("laptop");
    for (int i = 0; i < 50; i++) {
      write(home, "s" + i % 3, Lines.answer("msg_" + i, i));
    }
    setUp(home);
    Path beside = home("container");
    Files.delete(beside.resolve(".claude/projects/-home-me-x-y"));
    Files.delete(beside.resolve(".claude/projects"));
    Files.createSymbolicLink(beside.resolve(".claude/projects"), home.resolve(".claude/projects"));
    setUp(beside);
    run(home, "", "agent", "start", "--live");
    run(beside, "", "agent", "start", "--live");
    await(() -> responses() == 50);
    Path copy = home("copy");
    for (int i = 0; i < 3; i++) {
      Files.copy(transcript(home, "s" + i), transcript(copy, "s" + i));
    }
    setUp(copy);
    run(copy, "", "agent", "start", "--live");
    write(home, "s1", Lines.answer("msg_50", 1));
    write(copy, "s2", Lines.answer("msg_51", 1));
    await(() -> responses() == 52);
    await(
        () ->
            homes.stream()
                .allMatch(
                    each ->
                        run(each, "", "agent", "status").out().contains("Waiting:       nothing")));
    assertThat(responses()).isEqualTo(52);
    assertThat(server.store.verify()).isEmpty();
    assertThat(
            server.store.sums(TimeRange.ALL, Set.of(Dimension.DEVICE)).stream()
                .mapToLong(slice -> slice.totals().responses())
                .sum())
        .isEqualTo(52);
  }

  @Test
  void serverThatIsAwayIsNamedAndServedWhenItIsBack() throws Exception {
    Path home = home("laptop");
    setUp(home);
    proxy.faults(() -> Fault.BUSY);
    write(home, "s1", Lines.answer("msg_1", 1));
    run(home, "", "agent", "start", "--live");
    await(() -> run(home, "", "agent", "status").out().contains("Problem:"));
    assertThat(run(home, "", "agent", "status").out()).contains(url() + " answered 503: busy (");
    assertThat(run(home, "", "agent", "logs", "--errors").out())
        .contains("warn forward not sent: " + url() + " answered 503: busy; again in ");
    proxy.faults(() -> Fault.NONE);
    await(() -> responses() == 1);
    await(() -> !run(home, "", "agent", "status").out().contains("Problem:"));
  }

  @Test
  void interactiveSetupAsksAndTakesOverThePeersSettings() throws Exception {
    Path home = home("laptop");
    Run asked = run(home, url() + "\n" + code() + "\nAda's laptop\n", "agent", "setup");
    assertThat(asked.err()).isEmpty();
    assertThat(asked.out())
        .startsWith(
            "Server [http://localhost:3000]: Enrolment code, or a key: Name of this machine")
        .endsWith("knows this machine as 'Ada's laptop'. Start with: claudometer agent start\n");
    Path peer = home("peer");
    Files.createDirectories(peer.resolve(".config/claude-usage-daemon"));
    Files.writeString(
        peer.resolve(".config/claude-usage-daemon/config.json"),
        "{\"serverUrl\":\""
            + url()
            + "\",\"deviceApiKey\":\""
            + server.device("old mac")
            + "\",\"claudeDir\":\"/srv/claude\",\"pushIntervalMs\":5000}");
    Run taken = run(peer, "y\n", "agent", "setup");
    assertThat(taken.err())
        .isEqualTo(
            "claudometer: claude-usage-daemon sends this machine's usage to the same server: stop"
                + " it before you start this agent, with claude-usage-daemon uninstall\n");
    assertThat(taken.out())
        .startsWith("Take over the settings of claude-usage-daemon (" + url() + ")? [Y/n]: ")
        .contains("knows this machine as 'old mac'");
    assertThat(Files.readString(peer.resolve(".config/claudometer/agent.properties")))
        .contains("homes = /srv/claude\ninterval-seconds = 5\n");
  }

  @Test
  void keyComesFromAFileOrFromStandardInputAndFromNoArgument() throws Exception {
    Path home = home("laptop");
    String first = server.device("first");
    Path file = Files.writeString(home.resolve("key"), first + "\n");
    Run ofFile = run(home, "", "agent", "setup", "--server", url(), "--key-file", file.toString());
    assertThat(ofFile.code()).as(ofFile.err()).isZero();
    assertThat(ofFile.out()).contains("knows this machine as 'first'").doesNotContain(first);
    String second = server.device("second");
    Run piped = run(home, second + "\n", "agent", "setup", "--server", url(), "--key-file", "-");
    assertThat(piped.code()).as(piped.err()).isZero();
    assertThat(piped.out()).contains("knows this machine as 'second'");
    Run missing = run(home, "", "agent", "setup", "--server", url(), "--key-file", "/nowhere");
    assertThat(missing.code()).isNotZero();
    assertThat(missing.err()).contains("cannot read the key in /nowhere");
  }

  /// There is no session of a user here whose units could be stopped: see [DaemonServiceTest].
  @Test
  void everyWayOfSetupWarnsOfTheDaemonAndNamesItsService() throws Exception {
    Path home = home("laptop");
    Path units = Files.createDirectories(home.resolve(".config/systemd/user"));
    Files.writeString(
        units.resolve("usage.service"),
        "[Service]\nExecStart=/usr/bin/claude-usage-daemon start -f\n");
    Files.createDirectories(home.resolve(".config/claude-usage-daemon"));
    Path config = home.resolve(".config/claude-usage-daemon/config.json");
    Files.writeString(config, "{\"serverUrl\":\"" + url() + "/\",\"deviceApiKey\":\"dk_x\"}");
    for (List<String> way :
        List.of(List.of("--code", code()), List.of("--key", server.device("mac")))) {
      Run setup = run(home, "", "agent", "setup", "--server", url(), way.getFirst(), way.getLast());
      assertThat(setup.code()).isZero();
      assertThat(setup.err())
          .contains("claude-usage-daemon sends this machine's usage to the same server")
          .contains("systemctl --user disable --now usage.service")
          .hasLineCount(1);
    }
    Files.writeString(config, "{\"serverUrl\":\"https://old.example\",\"deviceApiKey\":\"dk_x\"}");
    assertThat(run(home, "", "agent", "setup", "--server", url(), "--code", code()).err())
        .contains("keeps sending this machine's usage to https://old.example")
        .doesNotContain("dk_x");
  }

  @Test
  void whatIsWrongIsSaidInOneSentence() throws Exception {
    Path home = home("laptop");
    Map<String, String> wrong = new HashMap<>();
    wrong.put("status", "this machine is not set up: run 'claudometer agent setup'");
    wrong.put("setup --server nonsense --code x", "--server has to be a URL such as");
    wrong.put("setup --server " + url(), "setup needs --code or --key");
    wrong.put("setup --server " + url() + " --code x", "answered 403: the enrolment code is not");
    wrong.put("setup --server " + url() + " --key dk_x", "answered 401: ");
    wrong.put("setup --server http://localhost:1 --key dk_x", "nothing listens at");
    wrong.put("setup --server " + url() + " --key a --code b", "mutually exclusive");
    wrong.put("logs", "there is no log yet");
    wrong.put("", "agent needs a verb");
    wrong.forEach(
        (words, sentence) -> {
          List<String> command = new ArrayList<>(List.of("agent"));
          command.addAll(words.isEmpty() ? List.of() : List.of(words.split(" ", -1)));
          Run run = run(home, "", command.toArray(String[]::new));
          assertThat(run.code()).as(words).isPositive();
          assertThat(run.err()).as(words).contains(sentence).doesNotContain("\tat ");
          assertThat(run.err().lines()).as(words).hasSize(1);
        });
    Files.createDirectories(home.resolve(".config/claudometer"));
    Files.writeString(home.resolve(".config/claudometer/agent.properties"), "server = x\n");
    assertThat(run(home, "", "agent", "start").err())
        .contains("'server' has to be a URL")
        .contains("'key' is missing");
    assertThat(run(home, "", "agent", "uninstall", "--yes").code()).isZero();
  }

  @Test
  void serviceIsWrittenAndRemoved() throws Exception {
    Path home = home("laptop");
    setUp(home);
    Run installed = run(home, "", "agent", "install-service");
    Path unit = home.resolve(".config/systemd/user/claudometer-agent.service");
    assertThat(installed.out()).startsWith("Written: " + unit);
    assertThat(Files.readString(unit))
        .contains("\"agent\" \"start\" \"--foreground\"\nEnvironment=");
    // there is no session here that the unit could be taken up in
    assertThat(installed.code()).isEqualTo(1);
    assertThat(installed.err()).contains("systemctl --user enable --now claudometer-agent.service");
    assertThat(run(home, "", "agent", "uninstall", "--yes").code()).isZero();
    assertThat(home.resolve(".config/systemd")).doesNotExist();
  }

  private void setUp(Path home) {
    Run run = run(home, "", "agent", "setup", "--server", url(), "--code", code());
    assertThat(run.err()).isEmpty();
  }

  private String url() {
    return proxy.url().toString();
  }

  private String code() {
    var answer =
        server.post(
            "/api/v1/enrolment-codes",
            "{\"name\":\"\"}",
            "Cookie",
            admin,
            "Origin",
            "http://localhost:" + server.port());
    return server.json(answer).get("code").asText();
  }

  private long responses() {
    return server.store.sums(TimeRange.ALL, Set.of()).stream()
        .map(Slice::totals)
        .mapToLong(totals -> totals.responses())
        .sum();
  }

  private Path home(String name) throws IOException {
    Path home = directory.resolve("homes").resolve(name);
    Files.createDirectories(home.resolve(".claude/projects/-home-me-x-y"));
    homes.add(home);
    return home;
  }

  private static Path transcript(Path home, String session) {
    return home.resolve(".claude/projects/-home-me-x-y/" + session + ".jsonl");
  }

  private static void write(Path home, String session, String line) throws IOException {
    Files.writeString(
        transcript(home, session),
        line + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private static Set<String> tree(Path home) throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      return new TreeSet<>(files.map(file -> home.relativize(file).toString()).toList());
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + 120_000_000_000L;
    while (!condition.getAsBoolean() && System.nanoTime() - end < 0) {
      Thread.sleep(100);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  private static Run run(Path home, String input, String... arguments) {
    return run(home, input, "none", List.of(arguments));
  }

  /// @param telemetry the port that it is received on, which no two tests can have
  private static Run run(Path home, String input, String telemetry, List<String> arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var surroundings =
        new Surroundings(
            Map.of(
                "HOME",
                home.toString(),
                "PATH",
                "/usr/bin:/bin",
                "HOSTNAME",
                "host",
                "CLAUDOMETER_OTLP_HTTP_PORT",
                telemetry,
                "CLAUDOMETER_OTLP_GRPC_PORT",
                "none"),
            home,
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            new PrintStream(out, false, UTF_8),
            new PrintStream(err, true, UTF_8),
            InstantSource.system(),
            ZoneOffset.UTC,
            0,
            false);
    int code = Claudometer.run(surroundings, arguments.toArray(String[]::new));
    return new Run(code, out.toString(UTF_8), err.toString(UTF_8));
  }
}
