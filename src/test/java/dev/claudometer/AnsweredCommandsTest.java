package dev.claudometer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.claudometer.LaunchedProgram.Run;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.Claudometer;
import dev.claudometer.source.claudecode.Lines;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a running agent answers is what the command itself would have said: the same bytes, the
/// same exit code. What it does not answer, the launcher runs.
@Tag("process")
class AnsweredCommandsTest {

  private static final String STATUS =
      "{\"session_id\":\"session-1\",\"model\":{\"display_name\":\"Opus 5.5\"},"
          + "\"cost\":{\"total_cost_usd\":1.25},\"rate_limits\":{\"five_hour\":"
          + "{\"used_percentage\":23}}}";

  @TempDir private static Path directory;
  private static LaunchedProgram program;
  private static Process agent;

  @BeforeAll
  static void agent() throws Exception {
    program = new LaunchedProgram(directory);
    Path home = program.home();
    for (String project : List.of("-home-me-x-y", "-home-me-ünï")) {
      Path sessions = Files.createDirectories(home.resolve(".claude/projects").resolve(project));
      var lines = new StringBuilder();
      for (int i = 0; i < 40; i++) {
        String session = "session-" + project.length() + i % 3;
        String at = "2026-10-%02dT%02d:15:00.000Z".formatted(1 + i % 28, i % 24);
        lines
            .append(Lines.answer("msg_" + project.length() + i, "req_" + i, session, at, 7 * i))
            .append('\n');
      }
      Files.writeString(sessions.resolve("s.jsonl"), lines);
    }
    agent = program.agent();
    Thread.sleep(500);
    program.withoutJava();
  }

  @AfterAll
  static void end() throws InterruptedException {
    agent.destroy();
    assertThat(agent.waitFor(120, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "daily",
        "weekly",
        "monthly",
        "session",
        "blocks",
        "projects",
        "models",
        "branches",
        "tools",
        "mcp",
        "agents",
        "skills",
        "claude daily",
        "claude:weekly",
        "explain msg_123",
        "explain 2026-10-02",
        "explain session-121",
        "session session-121",
        "session session-12",
        "session -i session-120 --json",
        "doctor",
        "doctor --json",
        "verify",
        "prices",
        "prices list --json",
        "limits",
        "limits --offline --json",
        "--version",
        "statusline",
        "statusline -B emoji-text --cost-source both --no-cost",
        "daily --json",
        "daily --csv --breakdown",
        "daily -q .totals",
        "daily -q ]",
        "daily --since 20261010 --until 2026-10-20 --order desc",
        "daily --since 7d",
        "daily --timezone Asia/Tokyo --compact",
        "daily --locale de-DE --color",
        "daily --no-cost --instances",
        "daily --project -home-me-x-y --json",
        "daily --project nobody",
        "weekly --start-of-week monday",
        "monthly --mode calculate",
        "session --order asc --csv",
        "blocks --active",
        "blocks --recent --json",
        "blocks --token-limit max --session-length 3",
        "models --breakdown --json",
        "projects -b -o asc",
        "daily --since 2026-13-01",
        "daily --nonsense",
        "dayly",
        "session nobody",
        "blocks --session-length 0",
        "daily --timezone Nowhere",
      })
  void answerIsWhatTheCommandSays(String words) throws Exception {
    List<String> arguments = arguments(words);
    Run answered = program.answer(Map.of(), STATUS, arguments);
    Run own = run(Map.of(), arguments);
    Run again = program.answer(Map.of(), STATUS, arguments);
    if (!alike(answered, own, again)) {
      // a minute may pass between them, and an active block tells minutes
      answered = program.answer(Map.of(), STATUS, arguments);
      own = run(Map.of(), arguments);
      again = program.answer(Map.of(), STATUS, arguments);
    }
    assertThat(readable(answered)).as(words).isEqualTo(readable(own));
    assertThat(readable(again)).as("again: " + words).isEqualTo(readable(answered));
    assertThat(answered.code()).isLessThan(3);
  }

  private static boolean alike(Run answered, Run own, Run again) {
    return readable(answered).equals(readable(own)) && readable(again).equals(readable(answered));
  }

  private static List<String> arguments(String words) throws IOException {
    List<String> arguments = new ArrayList<>();
    if (!words.isEmpty()) {
      arguments.addAll(List.of(words.split(" ")));
    }
    String home = program.home().resolve(".claude").toString();
    arguments.replaceAll(word -> word.equals("HOME") ? home : word);
    return arguments;
  }

  /// A second may pass between the two.
  private static String readable(Run run) {
    return (run.code() + "\n" + run.out() + "\n" + run.err())
        .replaceAll("\\d+ s ago", "… ago")
        .replaceAll(" +\\d+s  statusline", " … statusline")
        .replaceAll("\"(ageSeconds|basisSeconds)\": \\d+", "\"$1\": …")
        .replaceAll("(Files|files).*read.*", "$1 …");
  }

  /// The command itself, in this process.
  private static Run run(Map<String, String> more, List<String> arguments) throws IOException {
    var environment = new TreeMap<>(program.environment());
    environment.putAll(more);
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var surroundings =
        new Surroundings(
            environment,
            program.home(),
            new ByteArrayInputStream(STATUS.getBytes(UTF_8)),
            new PrintStream(out, false, UTF_8),
            new PrintStream(err, true, UTF_8),
            InstantSource.system(),
            TimeZone.getTimeZone(environment.get("TZ")).toZoneId(),
            0,
            false);
    int code = Claudometer.run(surroundings, arguments.toArray(String[]::new));
    return new Run(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  @Test
  void variablesOfTheAskerAreThoseThatCount() throws Exception {
    Path other = Files.createDirectories(program.home().resolve("other/projects/-p"));
    Files.writeString(
        other.resolve("s.jsonl"),
        Lines.answer("msg_9", "req_9", "s", "2026-10-01T23:30:00.000Z", 5) + "\n");
    for (Map<String, String> more :
        List.of(
            Map.of("TZ", "America/New_York"),
            Map.of("TZ", "Asia/Kolkata"),
            Map.of("FORCE_COLOR", "1"),
            Map.of("FORCE_COLOR", "1", "NO_COLOR", "1"),
            Map.of("LANG", "de_DE.UTF-8", "LC_ALL", ""))) {
      for (String command : List.of("daily", "blocks --json", "statusline")) {
        assertThat(readable(program.answer(more, STATUS, arguments(command))))
            .as(more + command)
            .isEqualTo(readable(direct(more, command)));
      }
    }
    for (Map<String, String> more :
        List.of(
            Map.of("CLAUDE_CONFIG_DIR", program.home().resolve("other").toString()),
            Map.of("CLAUDE_CONFIG_DIR", "other"),
            Map.of("TZ", "Nowhere/Land"),
            Map.of("TZ", "EST"),
            Map.of("CLAUDOMETER_MANAGED_SETTINGS", "/elsewhere"))) {
      assertThat(attempt(more, "daily").code()).isEqualTo(LaunchedProgram.STARTED_A_JVM);
    }
  }

  private static Run attempt(Map<String, String> more, String command) throws Exception {
    return program.run(more, STATUS, arguments(command));
  }

  private static Run direct(Map<String, String> more, String command) throws IOException {
    return run(more, arguments(command));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "agent status",
        "agent stop",
        "serve",
        "export local",
        "backup x",
        "restore x",
        "import x",
        "prices update --reset",
        "live",
        "org daily",
        "self-check",
        "setup-statusline",
        "completion bash",
        "limits --ask oauth",
        "limits --ask=oauth",
        "verify --database x",
        "daily --home relative",
        "limits --home relative",
        "@file",
        "daily --help",
        "help daily",
      })
  void whatChangesSomethingOrAsksOthersIsNotAnswered(String words) throws Exception {
    assertThat(program.run("", arguments(words)).code()).isEqualTo(LaunchedProgram.STARTED_A_JVM);
  }

  @Test
  void whatWasReadIsHandedOnToTheCommand() throws Exception {
    Run run = program.run(Map.of("TZ", "Nowhere"), "first\n\nlast\n", List.of("statusline"));
    assertThat(run).isEqualTo(new Run(LaunchedProgram.STARTED_A_JVM, "first\n\nlast\n", ""));
  }

  @Test
  void statusLineOfItsOwnNameIsAnswered() throws Exception {
    Path script = program.launcher().getParent().resolveSibling("claudometer-statusline");
    Run run = program.run(List.of(script.toString()), Map.of(), STATUS);
    for (int i = 0; i < 100 && run.code() == LaunchedProgram.STARTED_A_JVM; i++) {
      run = program.run(List.of(script.toString()), Map.of(), STATUS);
    }
    assertThat(run.out()).startsWith("🤖 Opus 5.5 | 💰 $1.25 session / ");
    assertThat(run.code()).isZero();
  }

  @Test
  void noAnswerIsOlderThanTheTranscripts() throws Exception {
    Path file = program.home().resolve(".claude/projects/-home-me-x-y/growing.jsonl");
    for (int i = 1; i <= 25; i++) {
      Files.writeString(
          i % 2 == 0 ? file : file.resolveSibling("new-" + i + ".jsonl"),
          Lines.answer("msg_g" + i, "req_g" + i, "growing", "2026-11-01T10:00:00.000Z", 1) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      Run run =
          program.answer(
              Map.of(), "", arguments("daily -s 20261101 -u 20261101 -q .totals.responses"));
      assertThat(run).isEqualTo(new Run(0, i + "\n", ""));
    }
  }

  @Test
  void sameQuestionIsAnsweredAnewWhenSomethingHasChanged() throws Exception {
    List<String> question = arguments("monthly -s 20261201 -q .totals.responses");
    Path file = program.home().resolve(".claude/projects/-home-me-x-y/december.jsonl");
    for (int i = 1; i <= 3; i++) {
      Files.writeString(
          file,
          Lines.answer("msg_d" + i, "req_d" + i, "december", "2026-12-01T10:00:00.000Z", 1) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      assertThat(program.answer(Map.of(), "", question)).isEqualTo(new Run(0, i + "\n", ""));
      assertThat(program.answer(Map.of(), "", question)).isEqualTo(new Run(0, i + "\n", ""));
    }
  }

  /// As on macOS, with a stand-in for its `nc`.
  @Test
  void shellWithoutBashAsksAtTheSocket() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/perl")), "perl plays nc");
    Path path = Files.createDirectory(directory.resolve("path"));
    for (String tool :
        List.of("cat", "dirname", "readlink", "sh", "stat", "sed", "locale", "find", "mkdir")) {
      for (String place : List.of("/usr/bin", "/bin")) {
        if (Files.exists(Path.of(place, tool)) && !Files.exists(path.resolve(tool))) {
          Files.createSymbolicLink(path.resolve(tool), Path.of(place, tool));
        }
      }
    }
    Files.writeString(
        path.resolve("nc"),
        """
        #!/usr/bin/perl
        use Socket;
        socket(S, AF_UNIX, SOCK_STREAM, 0);
        connect(S, sockaddr_un($ARGV[-1])) or exit 1;
        $/ = undef;
        syswrite(S, scalar <STDIN>);
        while (sysread(S, $some, 65536)) { syswrite(STDOUT, $some); }
        """);
    assertThat(path.resolve("nc").toFile().setExecutable(true)).isTrue();
    Map<String, String> more = Map.of("PATH", path.toString());
    for (String command : List.of("daily", "session --json", "statusline", "daily --nonsense")) {
      assertThat(readable(program.answer(more, STATUS, arguments(command))))
          .as(command)
          .isEqualTo(readable(direct(Map.of(), command)));
    }
    assertThat(attempt(more, "daily --help").code()).isEqualTo(LaunchedProgram.STARTED_A_JVM);
    assertThat(attempt(more, "agent status").code()).isEqualTo(LaunchedProgram.STARTED_A_JVM);
  }

  @Test
  void manyAskAtTheSameTime() throws Exception {
    String expected = program.answer(Map.of(), "", List.of("daily")).out();
    List<Process> askers = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      var builder = new ProcessBuilder(program.launcher().toString(), "daily");
      builder.environment().clear();
      builder.environment().putAll(program.environment());
      Process asker = builder.start();
      asker.getOutputStream().close();
      askers.add(asker);
    }
    for (int i = 0; i < askers.size(); i++) {
      Process asker = askers.get(i);
      if (i % 3 == 0) {
        asker.destroyForcibly();
      } else {
        String out = new String(asker.getInputStream().readAllBytes(), UTF_8);
        int code = asker.waitFor();
        // on a busy machine some run the command themselves
        assertThat(new Run(code, out, ""))
            .isIn(new Run(0, expected, ""), new Run(LaunchedProgram.STARTED_A_JVM, "", ""));
      }
    }
    assertThat(program.answer(Map.of(), "", List.of("daily")).out()).isEqualTo(expected);
  }

  @Test
  void whatTheAgentLeavesIsItsOwnersOnly() throws Exception {
    for (String file : List.of("ask", "ask.sock")) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(program.state().resolve(file))))
          .isEqualTo("rw-------");
    }
  }
}
