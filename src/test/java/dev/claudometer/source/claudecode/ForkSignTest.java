package dev.claudometer.source.claudecode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ForkSignTest {

  private static final String QUEUED =
      "{\"type\":\"queue-operation\",\"operation\":\"enqueue\",\"timestamp\":\"%s\",\"sessionId\":\"s-b\"}";
  private static final String ASKED =
      "{\"type\":\"user\",\"timestamp\":\"%s\",\"message\":{\"role\":\"user\",\"content\":\"go"
          + " on\"}}";

  private Path file;

  @BeforeEach
  void in(@TempDir Path directory) {
    file = directory.resolve("s-b.jsonl");
  }

  @Test
  void answerToAnotherSessionIsASign() throws IOException {
    String answer = Lines.answer("msg_1", "req_1", "s-b", "2026-08-01T10:00:01.000Z", 5);
    assertThat(
            fork(answer.replace("{\"parentUuid\"", "{\"requestSessionId\":\"s-a\",\"parentUuid\"")))
        .isTrue();
    assertThat(
            fork(answer.replace("{\"parentUuid\"", "{\"requestSessionId\":\"s-b\",\"parentUuid\"")))
        .isFalse();
  }

  @Test
  void answerFromBeforeItsOwnBeginningIsASign() throws IOException {
    String old = Lines.answer("msg_1", "req_1", "s-b", "2026-08-01T10:00:01.000Z", 5);
    String asked = ASKED.formatted("2026-08-01T10:00:00.000Z");
    assertThat(fork(QUEUED.formatted("2026-08-01T11:00:00.000Z"), asked, old)).isTrue();
    assertThat(fork(QUEUED.formatted("2026-08-01T09:00:00.000Z"), asked, old)).isFalse();
    assertThat(fork(asked, QUEUED.formatted("2026-08-01T11:00:00.000Z"), old)).isFalse();
  }

  @Test
  void absentTranscriptIsNone() {
    assertThat(ForkSign.on(file + "-absent", new SessionId("s-b"))).isFalse();
    assertThat(ForkSign.on("", new SessionId("s-b"))).isFalse();
  }

  private boolean fork(String... lines) throws IOException {
    Files.writeString(file, String.join("\n", lines) + "\n");
    return ForkSign.on(file.toString(), new SessionId("s-b"));
  }
}
