package dev.claudometer.source.claudecode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ForkedHistoryTest {

  private GrowingFile file;

  @BeforeEach
  void in(@TempDir Path directory) throws IOException {
    file = new GrowingFile(directory);
  }

  @Test
  void linesBeforeTheForkBeganAreCopies() throws IOException {
    file.grow(mode(), queued(30), prompt(10), answer("msg_1", 20), answer("msg_2", 40));
    assertThat(forked()).containsExactly(true, false);
  }

  @Test
  void copiesAreKnownAlsoWhenReadLater() throws IOException {
    file.grow(mode(), queued(30), prompt(10));
    file.grow(answer("msg_1", 20));
    file.grow(answer("msg_2", 40));
    assertThat(forked()).containsExactly(true, false);
  }

  @Test
  void messageQueuedWithinAConversationMakesNoFork() throws IOException {
    file.grow(prompt(10), queued(30), answer("msg_1", 20));
    file.grow(answer("msg_2", 25));
    assertThat(forked()).containsExactly(false, false);
  }

  private List<Boolean> forked() {
    return file.events().stream().map(event -> event.attribution().forked()).toList();
  }

  private static String mode() {
    return "{\"type\":\"mode\",\"mode\":\"default\",\"sessionId\":\"s-main\"}";
  }

  private static String queued(int second) {
    return """
        {"type":"queue-operation","operation":"enqueue","timestamp":"2026-08-01T10:00:%02d.000Z",\
        "sessionId":"s-main","content":"go on"}"""
        .formatted(second);
  }

  private static String prompt(int second) {
    return """
        {"type":"user","uuid":"u-%d","sessionId":"s-main","timestamp":"2026-08-01T10:00:%02d.000Z",\
        "message":{"role":"user","content":"go on"}}"""
        .formatted(second, second);
  }

  private static String answer(String id, int second) {
    return """
        {"type":"assistant","uuid":"%s","requestId":"req","sessionId":"s-main","timestamp":\
        "2026-08-01T10:00:%02d.000Z","message":{"id":"%s","model":"claude-opus-5","role":\
        "assistant","usage":{"input_tokens":1,"output_tokens":1}}}"""
        .formatted(id, second, id);
  }
}
