package dev.claudometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.source.claudecode.Lines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said of days whose transcripts Claude Code has deleted, run after run.
class EarlierDaysTest {

  private static final String STATISTICS =
      """
      {"version":5,"dailyModelTokensVersion":5,"lastComputedDate":"2026-07-02",
       "dailyActivity":[{"date":"2026-06-29","messageCount":40,"sessionCount":4,"toolCallCount":9},
        {"date":"2026-06-30","messageCount":20,"sessionCount":2,"toolCallCount":5},
        {"date":"2026-07-01","messageCount":10,"sessionCount":1,"toolCallCount":3}],
       "dailyModelTokens":[{"date":"2026-06-29","tokensByModel":{"claude-opus-5":1000}}],
       "hourCounts":{"8":4,"9":3}}
      """;

  @TempDir private Path directory;
  private Path home;

  @BeforeEach
  void begin() throws IOException {
    home = directory.resolve("home");
    Files.createDirectories(home.resolve("projects/-home-me-x-y"));
    Files.writeString(home.resolve("stats-cache.json"), STATISTICS);
    write("s-july", "2026-07-01", "msg_1");
  }

  @Test
  void boundaryMovesBackAsOlderTranscriptsTurnUp() throws IOException {
    assertThat(run("daily").out())
        .contains("Before 2026-07-01 Claude Code knows of 6 sessions whose transcripts it deleted");
    write("s-june", "2026-06-30", "msg_2");
    assertThat(run("daily").out())
        .contains("Before 2026-06-30 Claude Code knows of 4 sessions whose transcripts it deleted");
    assertThat(run("doctor").out()).contains("Before 2026-06-30 Claude Code knows of 4 sessions");
    write("s-may", "2026-05-01", "msg_3");
    assertThat(run("daily").out()).doesNotContain("knows of");
  }

  @Test
  void reportOfLaterDaysDoesNotMentionThem() {
    assertThat(run("daily", "--since", "2026-07-01").out()).doesNotContain("knows of");
    assertThat(run("daily", "--json").out()).doesNotContain("knows of");
  }

  /// Claude Code has lost days when the format of the file changed.
  @Test
  void dayThatWasToldOnceStaysKnown() throws IOException {
    run("daily");
    Files.writeString(
        home.resolve("stats-cache.json"),
        "{\"version\":5,\"lastComputedDate\":\"2026-07-03\",\"dailyActivity\":[]}");
    assertThat(run("daily").out()).contains("knows of 6 sessions");
    Files.writeString(home.resolve("stats-cache.json"), "{");
    CommandRun doctor = run("doctor");
    assertThat(doctor.out())
        .contains("knows of 6 sessions")
        .contains("Statistics of Claude Code not read: ")
        .contains("stats-cache.json: it is no JSON");
    Files.delete(home.resolve("stats-cache.json"));
    assertThat(run("daily").out()).contains("knows of 6 sessions");
  }

  private void write(String session, String day, String message) throws IOException {
    Files.writeString(
        home.resolve("projects/-home-me-x-y/" + session + ".jsonl"),
        Lines.answer(message, 5)
                .replaceAll("\"timestamp\":\"[^T]*T", "\"timestamp\":\"" + day + "T")
                .replaceAll("\"sessionId\":\"[^\"]*\"", "\"sessionId\":\"" + session + "\"")
            + "\n");
  }

  private CommandRun run(String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command, "--home", home.toString()));
    arguments.addAll(List.of(more));
    if (command.equals("daily")) {
      arguments.addAll(List.of("--timezone", "UTC"));
    }
    return CommandRun.of(directory, arguments);
  }
}
