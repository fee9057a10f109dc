package dev.claudometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.fetch.Simulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is said of an installation, and what is written for a shell and for Claude Code.
class InstallationCommandsTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @TempDir private Path home;

  private CommandRun run(Map<String, String> environment, String typed, String... arguments) {
    return CommandRun.of(home, environment, typed, NOW, arguments);
  }

  private CommandRun run(String... arguments) {
    return run(Map.of(), "", arguments);
  }

  private Path settings(String content) throws Exception {
    Path file = Files.createDirectories(home.resolve(".claude")).resolve("settings.json");
    return Files.writeString(file, content);
  }

  @Test
  void selfCheckTellsWhatIsInstalledAndUsesNoNetwork() {
    CommandRun run =
        run(Map.of("CLAUDOMETER_RELEASES", "http://127.0.0.1:1/latest"), "", "self-check");
    assertThat(run.out())
        .contains("version         (unpackaged)")
        .contains("runtime         Java " + Runtime.version())
        .contains("none yet in " + home.resolve(".local/state/claudometer/claudometer.db"))
        .contains("newer version   not asked");
    assertThat(run.code()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "v99.0.1, 99.0.1 is there: see https://claudometer.dev",
    "v0.0.0, none: 0.0.0 is the newest"
  })
  void newestVersionIsAskedForOnlyWhenWanted(String tag, String said) throws Exception {
    try (var releases = new Published("{\"tag_name\":\"" + tag + "\"}")) {
      var environment =
          Map.of("CLAUDOMETER_RELEASES", releases.url().text() + "/repos/x/releases/latest");
      assertThat(run(environment, "", "self-check").out()).contains("not asked");
      assertThat(releases.asked).isEmpty();
      CommandRun run = run(environment, "", "self-check", "--online");
      assertThat(run.out()).contains("newer version   " + said);
      assertThat(run.code()).isZero();
      assertThat(releases.asked).hasSize(1);
    }
  }

  @Test
  void releasesThatCannotBeAskedAreUnknown() throws Exception {
    try (var releases = new Published("{\"tag_name\":\"latest; rm -rf\"}")) {
      CommandRun odd =
          run(Map.of("CLAUDOMETER_RELEASES", releases.url().text()), "", "self-check", "--online");
      assertThat(odd.out()).contains("newer version   unknown: ");
      assertThat(odd.code()).isEqualTo(1);
    }
    CommandRun wrong =
        run(Map.of("CLAUDOMETER_RELEASES", "http://example.org/"), "", "self-check", "--online");
    assertThat(wrong.out()).contains("unknown: 'http://example.org' is not a URL");
    assertThat(wrong.code()).isEqualTo(1);
  }

  @Test
  void storeOfANewerVersionIsRefusedAndKept() throws Exception {
    Path store = home.resolve(".local/state/claudometer/claudometer.db");
    settings("{}");
    Files.createDirectories(home.resolve(".claude/projects"));
    assertThat(run("daily").code()).isZero();
    assertThat(run("self-check").out())
        .containsPattern("reports' store\\s+\\S+claudometer.db, schema 10\\d");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store)) {
      connection.createStatement().execute("PRAGMA user_version = 999");
    }
    CommandRun check = run("self-check");
    assertThat(check.out())
        .contains("The store was written by a newer Claudometer (schema 999): update this one");
    assertThat(check.code()).isEqualTo(1);
    CommandRun daily = run("daily");
    assertThat(daily.err()).contains("written by a newer Claudometer");
    assertThat(daily.code()).isEqualTo(1);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store)) {
      assertThat(connection.createStatement().executeQuery("PRAGMA user_version").getInt(1))
          .isEqualTo(999);
    }
  }

  @Test
  void statusLineIsWrittenAfterAskingOnly() throws Exception {
    Path settings = settings("{\"model\":\"opus\",\"cleanupPeriodDays\":99999999999999999999}");
    CommandRun no = run(Map.of(), "\n", "setup-statusline");
    assertThat(no.out()).contains("Write 'claudometer statusline' to " + settings + "? [y/N]");
    assertThat(settings)
        .hasContent("{\"model\":\"opus\",\"cleanupPeriodDays\":99999999999999999999}");
    assertThat(run(Map.of(), "y\n", "setup-statusline").out()).endsWith("next answer on.\n");
    assertThat(settings)
        .hasContent(
            """
            {
              "model" : "opus",
              "cleanupPeriodDays" : 99999999999999999999,
              "statusLine" : {
                "type" : "command",
                "command" : "claudometer statusline",
                "padding" : 0
              }
            }
            """);
    assertThat(run("setup-statusline", "--yes").out()).contains("Claudometer's already");
    assertThat(run("setup-statusline", "--remove", "-y").out()).isEqualTo("Removed.\n");
    assertThat(Files.readString(settings))
        .doesNotContain("statusLine")
        .contains("99999999999999999999");
  }

  @Test
  void whatWasThereBeforeIsPutBack() throws Exception {
    Path settings =
        settings("{\"statusLine\":{\"type\":\"command\",\"command\":\"my-line\",\"padding\":2}}");
    assertThat(run(Map.of(), "y\n", "setup-statusline").out()).contains("instead of 'my-line'");
    assertThat(run(Map.of(), "y\n", "setup-statusline", "--remove").out())
        .contains("Put back 'my-line'");
    assertThat(Files.readString(settings).replaceAll("\\s", ""))
        .isEqualTo("{\"statusLine\":{\"type\":\"command\",\"command\":\"my-line\",\"padding\":2}}");
    assertThat(home.resolve(".local/state/claudometer/statusline-before.json")).doesNotExist();
    assertThat(run("setup-statusline", "--remove", "-y").out()).contains("not Claudometer's");
  }

  @Test
  void settingsThatAreNoJsonStayAsTheyAre() throws Exception {
    Path settings = settings("{\n\"model\": oops}");
    CommandRun run = run("setup-statusline", "-y");
    assertThat(run.err()).contains(settings + " is no JSON (line 2): it was left as it is");
    assertThat(run.code()).isEqualTo(1);
    assertThat(settings).hasContent("{\n\"model\": oops}");
  }

  @Test
  void everyShellGetsAScriptOfAllCommands() {
    assertThat(run("completion", "bash").out()).contains("complete -F _complete_claudometer");
    assertThat(run("completion", "zsh").out()).contains("bashcompinit");
    assertThat(run("completion", "fish").out())
        .contains("complete -c claudometer -n '__claudometer_at' -a daily -d ")
        .contains("complete -c claudometer -n '__claudometer_at export local' -l port ")
        .doesNotContain("claude:daily");
    assertThat(run("completion", "powershell").out())
        .contains("'export' = @('local', 'limits', 'org', ")
        .contains("Register-ArgumentCompleter -Native -CommandName claudometer");
    CommandRun wrong = run("completion", "tcsh");
    assertThat(wrong.err()).contains("'tcsh' is none of bash, zsh, fish, powershell");
    assertThat(wrong.code()).isEqualTo(2);
  }

  /// A service that tells a release.
  private static final class Published extends Simulator {
    private final String answer;

    Published(String answer) {
      this.answer = answer;
    }

    @Override
    protected String answer(Asked asked) {
      return answer;
    }
  }
}
