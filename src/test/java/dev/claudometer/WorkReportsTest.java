package dev.claudometer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `branches`, `tools`, `mcp` and `live`.
///
/// Two responses of Opus 5.5 today, 1,000 input tokens (`$0.004`) each: at 11:50 on `main`, with
/// two calls of Bash and one of the browser's MCP server; at 09:00 on `fix`, with one call of Bash.
@Tag("process")
class WorkReportsTest {

  private static final String LINE =
      """
      {"type":"assistant","sessionId":"s-%1$d","uuid":"u%1$d","timestamp":"2026-11-21T%2$s:00.000Z",\
      "gitBranch":"%3$s","requestId":"req_%1$d","message":{"id":"msg_%1$d","role":"assistant",\
      "model":"claude-opus-5-5","stop_reason":"end_turn","content":[%4$s],\
      "usage":{"input_tokens":1000,"output_tokens":0}}}
      """;

  private static final String CALL =
      "{\"type\":\"tool_use\",\"id\":\"t%s\",\"name\":\"%s\",\"input\":{}}";

  @TempDir Path temp = Path.of("");

  @BeforeEach
  void twoBranches() throws IOException {
    Path project = Files.createDirectories(temp.resolve("home/projects/-w-app"));
    String calls =
        String.join(
            ",",
            CALL.formatted("1", "Bash"),
            CALL.formatted("2", "Bash"),
            CALL.formatted("3", "mcp__browser__screenshot"));
    Files.writeString(project.resolve("s-1.jsonl"), LINE.formatted(1, "11:50", "main", calls));
    Files.writeString(
        project.resolve("s-2.jsonl"),
        LINE.formatted(2, "09:00", "fix", CALL.formatted("4", "Bash")));
  }

  @Test
  void branchesHaveTheirExactCost() {
    assertThat(run("branches", "--jq", "[.branches[] | [.branch, .totalCost]] | sort | tojson"))
        .isEqualTo("\"[[\\\"fix\\\",0.004],[\\\"main\\\",0.004]]\"\n");
  }

  @Test
  void callsAreCountedAndTheirCostIsSaidNotToBeKnown() {
    assertThat(run("tools", "--csv"))
        .isEqualTo(
            "name,calls,accepted,rejected,cost\r\nBash,3,,,\r\n"
                + "mcp__browser__screenshot,1,,,\r\n");
    assertThat(run("mcp", "--csv", "--no-cost")).isEqualTo("name,calls\r\nbrowser,1\r\n");
    assertThat(run("tools")).contains("not separate").contains("no cost of its own");
    assertThat(run("tools", "--until", "yesterday")).isEqualTo("No calls found.\n");
  }

  @Test
  void withoutATerminalLiveIsOnePicture() {
    assertThat(run("live"))
        .startsWith(
            """
            Today   $0.0080, 2,000 tokens, 2 responses
            Block   $0.0080, 2h 0m left, $0.00/h
            Limits  no current reading

            Sessions now
            Session  Project  Model     Last  Cost today
            """
                .substring(0, 40))
        .contains("s-1")
        .doesNotContain("s-2")
        .contains("Bash 3, mcp__browser__screenshot 1")
        .doesNotContain("\u001b");
  }

  /// A terminal of 60 columns; `q` after the first picture.
  @Test
  void onATerminalLiveLeavesItAsItWas() throws Exception {
    String script =
        """
        import os, pty, sys, time, struct, fcntl, termios, select, signal
        pid, fd = pty.fork()
        if pid == 0:
            os.environ["CLAUDOMETER_COLUMNS"] = "60"
            os.environ["TERM"] = "xterm-256color"
            os.execvp(sys.argv[1], sys.argv[1:])
        fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 20, 60, 0, 0))
        out, end, asked = b"", time.time() + 60, False
        while time.time() < end:
            if select.select([fd], [], [], 0.2)[0]:
                try:
                    data = os.read(fd, 65536)
                except OSError:
                    break
                if not data: break
                out += data
            if b"Tools today" in out and not asked:
                asked = True
                os.write(fd, b"q")
        _, status = os.waitpid(pid, 0)
        sys.stdout.buffer.write(out)
        sys.stdout.buffer.write(b"\\nexit %d" % os.waitstatus_to_exitcode(status))
        """;
    List<String> command = new ArrayList<>(List.of("python3", "-c", script));
    command.addAll(
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path", ""),
            "dev.claudometer.Main",
            "live",
            "--home",
            temp.resolve("home").toString()));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("XDG_STATE_HOME", temp.resolve("state").toString());
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(out)
        .contains("\u001b[?1049h")
        .contains("claudometer live")
        .containsSubsequence("\u001b[?1049h", "\u001b[?25l", "Tools today", "25h", "\u001b[?1049l")
        .endsWith("\nexit 0");
  }

  private String run(String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--home", temp.resolve("home").toString()));
    CommandRun run = CommandRun.of(temp.resolve("state"), Map.of(), line);
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    return run.out();
  }
}
