package dev.claudometer.source.claudecode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.UsageEvent;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResponseKeysTest {

  private GrowingFile file;

  @BeforeEach
  void in(@TempDir Path directory) throws IOException {
    file = new GrowingFile(directory);
  }

  @Test
  void relaysAnswersAreKnownBySessionAndInstant() throws IOException {
    file.grow(answer("chatcmpl-0", "a", "z", 1), answer("chatcmpl-0", "b", "y", 2));
    assertThat(responses()).isEqualTo(2);
    assertThat(file.events().getFirst().key().messageId())
        .isEqualTo("chatcmpl-0@s-main@2026-08-01T10:00:01Z");
  }

  @Test
  void linesThatFollowEachOtherAreOneAnswer() throws IOException {
    file.grow(
        answer("chatcmpl-0", "a", "z", 1),
        answer("chatcmpl-0", "b", "a", 2),
        answer("chatcmpl-0", "c", "b", 3));
    assertThat(responses()).isEqualTo(1);
  }

  @Test
  void answerOfManyLinesIsOneHoweverItsFileGrows() throws IOException {
    file.grow(answer("chatcmpl-0", "a", "z", 1));
    file.grow(answer("chatcmpl-0", "b", "a", 2));
    file.grow(answer("chatcmpl-0", "c", "b", 3), answer("chatcmpl-0", "d", "x", 4));
    assertThat(responses()).isEqualTo(2);
  }

  @Test
  void answersWithAnIdOfTheirOwnAreOneWithTheirCopiesInThatSession() throws IOException {
    file.grow(answer("chatcmpl-1", "a", "z", 1), answer("chatcmpl-2", "b", "a", 2));
    file.grow(answer("chatcmpl-1", "a", "z", 1));
    assertThat(responses()).isEqualTo(2);
  }

  @Test
  void anthropicsIdsAreKnownByThemselves() throws IOException {
    file.grow(answer("msg_vrtx_1", "a", "z", 1), answer("msg_vrtx_1", "b", "y", 2));
    assertThat(responses()).isEqualTo(1);
    assertThat(file.events().getFirst().key().messageId()).isEqualTo("msg_vrtx_1");
  }

  private long responses() {
    return file.events().stream().map(UsageEvent::key).distinct().count();
  }

  private static String answer(String id, String uuid, String parent, int second) {
    return """
        {"parentUuid":"%s","type":"assistant","uuid":"%s","sessionId":"s-main","timestamp":\
        "2026-08-01T10:00:%02d.000Z","message":{"id":"%s","model":"claude-opus-5","role":\
        "assistant","usage":{"input_tokens":1,"output_tokens":1}}}"""
        .formatted(parent, uuid, second, id);
  }
}
