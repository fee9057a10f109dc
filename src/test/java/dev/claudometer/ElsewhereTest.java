package dev.claudometer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Commands work where others do: from cron, in containers, under any locale.
@Tag("process")
class ElsewhereTest {

  private static final String LINE =
      """
      {"type":"assistant","sessionId":"s-1","uuid":"u1","timestamp":"2026-11-20T10:00:00.000Z",\
      "requestId":"req_1","message":{"id":"msg_1","role":"assistant","model":"claude-opus-5-5",\
      "stop_reason":"end_turn","content":[],"usage":{"input_tokens":1000,"output_tokens":0}}}
      """;

  @TempDir Path temp = Path.of("");
  private Path home = Path.of("");

  @BeforeEach
  void oneResponse() throws IOException {
    home = temp.resolve("home");
    Path project = Files.createDirectories(home.resolve("projects/-w-app"));
    Files.writeString(project.resolve("s-1.jsonl"), LINE);
  }

  @Test
  void aStateDirectoryThatCannotBeMadeIsReplacedForOneRun() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "");
    var variables = Map.of("XDG_STATE_HOME", file.resolve("state").toString());
    for (String command : List.of("daily", "session", "doctor", "statusline")) {
      CommandRun run =
          CommandRun.of(temp, variables, "{}", CommandRun.NOW, command, "--home", home.toString());
      assertThat(run.code()).as(command).isZero();
      assertThat(run.out()).as(command).isNotBlank();
      assertThat(run.err()).as(command).contains("temporary store").hasLineCount(1);
      assertThat(file).isEmptyFile();
    }
  }

  @Test
  void aNameThatTheLocaleCannotExpressIsNamedAndTheOthersAreCounted() throws Exception {
    String project = home + "/projects/-w-$(printf '\\303\\274')";
    shell(
        "mkdir \""
            + project
            + "\" && cp "
            + home
            + "/projects/-w-app/s-1.jsonl \""
            + project
            + "\"");
    CommandRun ascii = inProcess(Map.of("LC_ALL", "C"), "daily", "--json", "--home", home + "");
    assertThat(ascii.out()).contains("\"inputTokens\": 1000");
    assertThat(ascii.err()).contains("cannot read").contains("LC_ALL=C.UTF-8").hasLineCount(1);
    assertThat(ascii.code()).isEqualTo(1);
    CommandRun utf8 = inProcess(Map.of("LC_ALL", "C.UTF-8"), "daily", "--home", home + "");
    assertThat(utf8.err()).isEmpty();
    assertThat(utf8.code()).isZero();
  }

  @Test
  void aHomeThatTheLocaleCannotExpressIsSaidInOneLine() throws Exception {
    String run =
        shell(
            "LC_ALL=C CLAUDE_CONFIG_DIR=/x/$(printf '\\303\\274') XDG_STATE_HOME="
                + temp
                + "/state "
                + java()
                + " dev.claudometer.Main daily 2>&1; echo $?");
    assertThat(run)
        .startsWith("claudometer: the locale lacks letters")
        .endsWith("\n1\n")
        .hasLineCount(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HOME", "CLAUDE_CONFIG_DIR"})
  void aStatusLineIsPrintedWhereTheLocaleCannotExpressAHome(String variable) throws Exception {
    String run =
        shell(
            "echo '{\"cost\":{\"total_cost_usd\":1.5}}' | LC_ALL=C "
                + variable
                + "=/x/$(printf '\\303\\274') XDG_STATE_HOME="
                + temp
                + "/state "
                + java()
                + " dev.claudometer.Main statusline 2>&1; echo $?");
    assertThat(run.lines())
        .satisfiesExactly(
            why -> assertThat(why).startsWith("claudometer: the locale lacks letters"),
            line -> assertThat(line).contains("$1.50 session"),
            code -> assertThat(code).isEqualTo("0"));
  }

  @Test
  void settingsThatCannotBeReadAreNamedInOneLine() throws Exception {
    Path settings = Files.createDirectories(temp.resolve("managed"));
    Path broken = Files.writeString(settings.resolve("managed-settings.json"), "{broken");
    CommandRun run =
        inProcess(
            Map.of("LC_ALL", "C.UTF-8", "CLAUDOMETER_MANAGED_SETTINGS", settings + ""),
            "daily",
            "--home",
            home + "");
    assertThat(run.err())
        .startsWith("claudometer: cannot read the prices in " + broken + ": it is no JSON\n")
        .doesNotContain("Exception")
        .hasLineCount(1);
    assertThat(run.out()).contains("$0.0040");
    assertThat(run.code()).isZero();
  }

  private CommandRun inProcess(Map<String, String> variables, String... arguments)
      throws Exception {
    var all = new HashMap<>(variables);
    all.put("XDG_STATE_HOME", temp + "/state-" + variables.get("LC_ALL"));
    Path err = temp.resolve("err");
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", java() + " dev.claudometer.Main \"$@\"", "sh"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    builder.environment().putAll(all);
    builder.redirectError(err.toFile());
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new CommandRun(process.exitValue(), out, Files.readString(err));
  }

  private static String java() {
    return System.getProperty("java.home")
        + "/bin/java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED"
        + " -cp "
        + absolute(System.getProperty("java.class.path", ""));
  }

  private static String absolute(String classPath) {
    return List.of(classPath.split(File.pathSeparator, -1)).stream()
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .reduce((a, b) -> a + File.pathSeparator + b)
        .orElse("");
  }

  private static String shell(String script) throws Exception {
    Process process = new ProcessBuilder("sh", "-c", script).start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return out;
  }
}
