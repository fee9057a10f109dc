package dev.claudometer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.app.process.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands as a person meets them: arguments in, text and an exit code out.
class CommandsTest {

  private static final String ANSWER =
      """
      {"type":"assistant","sessionId":"s-1","uuid":"u%1$d","timestamp":"2026-11-01T10:0%1$d:00.000Z",\
      "requestId":"req_%1$d","message":{"id":"msg_%1$d","role":"assistant","model":"%2$s",\
      "stop_reason":"end_turn","content":[],"usage":{"input_tokens":1000,"output_tokens":100}}}
      """;

  @TempDir Path home = Path.of("");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void twoAnswers() throws IOException {
    Path project = Files.createDirectories(home.resolve(".claude/projects/-w-app"));
    Files.writeString(
        project.resolve("s-1.jsonl"),
        ANSWER.formatted(1, "claude-opus-5-5") + ANSWER.formatted(2, "odd,model\\u001b[31m"));
  }

  @Test
  void noCommandIsDaily() {
    assertThat(run("")).isZero();
    assertThat(out.toString(UTF_8)).contains("2026-11-01").contains("Total");
  }

  @Test
  void missingRootsAreNamedInOneLine() {
    assertThat(run("", "daily", "--home", home.resolve("nowhere").toString())).isEqualTo(1);
    assertThat(err.toString(UTF_8).lines()).hasSize(1).first().asString().contains("nowhere");
  }

  @Test
  void whatIsMissingOrNoPairIsSaidInPlainWords() {
    assertThat(run("", "what-if")).isEqualTo(2);
    assertThat(run("", "daily", "--project-aliases", "loom")).isEqualTo(2);
    assertThat(run("", "daily", "--no-coast")).isEqualTo(2);
    assertThat(err.toString(UTF_8).lines())
        .satisfiesExactly(
            none -> assertThat(none).startsWith("claudometer: what-if takes one of --plan=PLAN |"),
            pair ->
                assertThat(pair)
                    .startsWith("claudometer: --project-aliases takes NAME=TITLE, not 'loom'"),
            option -> assertThat(option).startsWith("claudometer: there is no option '--no-coast'"),
            close -> assertThat(close).startsWith("Did you mean: ").contains("--no-cost"));
  }

  @Test
  void wrongUsageIsOneLineWithTheValidForm() {
    assertThat(run("", "daily", "--since", "2026-13-01")).isEqualTo(2);
    assertThat(run("", "daily", "--timezone", "Mars/Olympus")).isEqualTo(2);
    assertThat(run("", "daily", "--mode", "guess")).isEqualTo(2);
    assertThat(err.toString(UTF_8).lines())
        .hasSize(3)
        .anySatisfy(line -> assertThat(line).contains("YYYY-MM-DD"))
        .anySatisfy(line -> assertThat(line).contains("Europe/Berlin"));
  }

  @Test
  void numberThatIsNoneIsSaidInPlainWords() {
    assertThat(run("", "daily", "--last", "x")).isEqualTo(2);
    assertThat(run("", "daily", "--last", "1.5")).isEqualTo(2);
    assertThat(run("", "blocks", "--session-length", "long")).isEqualTo(2);
    assertThat(err.toString(UTF_8).lines())
        .hasSize(3)
        .anySatisfy(line -> assertThat(line).contains("'--last': 'x' is not a whole number"))
        .anySatisfy(line -> assertThat(line).contains("'1.5' is not a whole number"))
        .anySatisfy(line -> assertThat(line).contains("'long' is not a number such as 2.5"));
  }

  @Test
  void secondRunParsesNothing() {
    run("");
    out.reset();
    assertThat(run("", "doctor", "--json")).isZero();
    assertThat(out.toString(UTF_8)).contains("\"bytesParsed\": 0");
  }

  @Test
  void damagedLinesAreListedByTheirPlaceHoweverFilesAreRead() throws IOException {
    Path project = home.resolve(".claude/projects/-w-app");
    Files.writeString(project.resolve("z-large.jsonl"), ANSWER.formatted(3, "m") + "{torn\n");
    Files.writeString(project.resolve("b-small.jsonl"), "{torn\n{torn\n");
    assertThat(run("", "doctor")).isZero();
    assertThat(out.toString(UTF_8))
        .containsSubsequence("b-small.jsonl:0 ", "b-small.jsonl:6 ", "z-large.jsonl:");
  }

  @Test
  void historyOutlivesDeletedTranscripts() throws IOException {
    run("");
    Files.delete(home.resolve(".claude/projects/-w-app/s-1.jsonl"));
    out.reset();
    assertThat(run("", "daily", "--json")).isZero();
    assertThat(out.toString(UTF_8)).contains("\"responses\": 2");
  }

  @Test
  void controlCharactersInNamesAreEscapedOnATerminal() {
    assertThat(run("", "models", "--breakdown")).isZero();
    assertThat(out.toString(UTF_8)).contains("odd,model\\x1b[31m").doesNotContain("\u001b");
  }

  @Test
  void csvQuotesNamesAndLeavesUnknownCostsEmpty() {
    assertThat(run("", "session", "s-1", "--csv")).isZero();
    assertThat(out.toString(UTF_8)).contains("\"odd,model\\x1b[31m\",1000,100,0,0,,true");
  }

  @Test
  void statuslineSurvivesNumbersThatAreNone() {
    String input =
        "{\"cost\":{\"total_cost_usd\":\"x\"},\"rate_limits\":{\"a\":{\"used_percentage\":\"y\"}}}";
    assertThat(run(input, "statusline")).isZero();
    assertThat(out.toString(UTF_8).lines()).hasSize(1);
  }

  @Test
  void statuslineKeepsRateLimitsForLater() {
    String input =
        "{\"rate_limits\":{\"five_hour\":{\"used_percentage\":46.5,\"resets_at\":1793539200}}}";
    assertThat(run(input, "statusline")).isZero();
    out.reset();
    run("", "doctor", "--json");
    assertThat(out.toString(UTF_8)).contains("five_hour").contains("0.465");
  }

  @Test
  void damagedStoreIsKeptAsideAndRebuilt() throws IOException {
    run("", "daily", "--json");
    String before = out.toString(UTF_8);
    Files.writeString(home.resolve("state/claudometer/claudometer.db"), "not a database, at all");
    out.reset();
    assertThat(run("", "daily", "--json")).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo(before);
    assertThat(err.toString(UTF_8)).contains("is damaged").contains("rebuilt");
    try (Stream<Path> files = Files.list(home.resolve("state/claudometer"))) {
      assertThat(files.map(Path::toString)).anyMatch(file -> file.contains(".damaged-"));
    }
  }

  @Test
  void verifyOfADamagedStoreFailsOnce() throws IOException {
    run("");
    Files.writeString(home.resolve("state/claudometer/claudometer.db"), "not a database, at all");
    assertThat(run("", "verify")).isEqualTo(1);
    assertThat(run("", "verify")).isZero();
  }

  @Test
  void outputThatCannotBeWrittenIsAFailure() {
    var full =
        new PrintStream(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("No space left on device");
              }
            },
            false,
            UTF_8);
    assertThat(Claudometer.run(surroundings("", full), "daily")).isEqualTo(1);
  }

  @Test
  void projectNameMayBeginWithADash() {
    assertThat(run("", "daily", "--project", "-w-app", "--json")).isZero();
    assertThat(out.toString(UTF_8)).contains("\"daily\"").contains("\"responses\": 2");
  }

  @Test
  void explainLeadsToTheLineAndTheArithmetic() {
    assertThat(run("", "explain", "msg_1")).isZero();
    assertThat(out.toString(UTF_8))
        .contains("s-1.jsonl:0")
        .contains("1000 input × $4/M = $0.004")
        .contains("its usage counts");
  }

  private int run(String input, String... arguments) {
    return Claudometer.run(surroundings(input, new PrintStream(out, false, UTF_8)), arguments);
  }

  private Surroundings surroundings(String input, PrintStream to) {
    return new Surroundings(
        Map.of("XDG_STATE_HOME", home.resolve("state").toString()),
        home,
        new ByteArrayInputStream(input.getBytes(UTF_8)),
        to,
        new PrintStream(err, true, UTF_8),
        InstantSource.fixed(Instant.parse("2026-11-02T12:00:00Z")),
        ZoneOffset.UTC,
        0,
        false);
  }
}
