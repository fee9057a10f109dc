package dev.claudometer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Inputs that are too large to be committed: huge lines, many files.
@Tag("long")
final class LargeInputsTest {

  private static final int MEGABYTE = 1 << 20;

  @TempDir private Path home = Path.of("");
  private Path project = Path.of("");

  @BeforeEach
  void makeProject() throws IOException {
    project = Files.createDirectories(home.resolve("projects").resolve("-home-me-app"));
  }

  @Test
  void usageBehindASixtyMegabyteLineCounts() throws IOException {
    try (OutputStream out = transcript("s1")) {
      out.write(bytes("{\"parentUuid\":null,\"type\":\"user\",\"message\":{\"role\":\"user\","));
      out.write(bytes("\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"base64\","));
      out.write(bytes("\"media_type\":\"image/png\",\"data\":\""));
      filler(out, 60);
      out.write(bytes("\"}}]},\"uuid\":\"u1\",\"timestamp\":\"2026-08-01T10:00:00.000Z\","));
      out.write(bytes("\"sessionId\":\"s1\",\"cwd\":\"/home/me/app\"}\n"));
      out.write(bytes(answer("msg_1", "ok", 11, 22) + "\n"));
    }
    assertTotals(1, 11, 22);
    assertThat(list(answerOf("doctor").get("damagedLines"))).isEmpty();
  }

  @Test
  void usageBehindATextOfTwentyMegabytesOnTheSameLineCounts() throws IOException {
    String line = answer("msg_1", "TEXT", 33, 44);
    int text = line.indexOf("TEXT");
    try (OutputStream out = transcript("s1")) {
      out.write(bytes(line.substring(0, text)));
      filler(out, 20);
      out.write(bytes(line.substring(text) + "\n"));
      out.write(bytes(answer("msg_2", "ok", 1, 2) + "\n"));
    }
    assertTotals(2, 34, 46);
    assertThat(list(answerOf("doctor").get("damagedLines"))).isEmpty();
  }

  /// A write of many megabytes was cut within a string; the next record follows on the same line.
  @Test
  void aRecordBehindTwentyTornMegabytesOnTheSameLineCounts() throws IOException {
    try (OutputStream out = transcript("s1")) {
      out.write(bytes("{\"parentUuid\":null,\"type\":\"user\",\"message\":{\"role\":\"user\","));
      out.write(
          bytes("\"content\":[{\"tool_use_id\":\"t\",\"type\":\"tool_result\",\"content\":\""));
      filler(out, 20);
      out.write(bytes(answer("msg_1", "ok", 5, 6) + "\n"));
      out.write(bytes(answer("msg_2", "ok", 1, 2) + "\n"));
    }
    assertTotals(2, 6, 8);
    assertThat(list(answerOf("doctor").get("damagedLines"))).hasSize(1);
  }

  /// Each file holds a response of its own and one that all share: 500 × (1 in, 2 out) + (7, 9).
  @Test
  void fiveHundredFilesCountEachResponseOnce() throws IOException {
    for (int i = 0; i < 500; i++) {
      try (OutputStream out = transcript("s" + i)) {
        out.write(bytes(answer("msg_" + i, "ok", 1, 2) + "\n"));
        out.write(bytes(answer("msg_shared", "ok", 7, 9) + "\n"));
      }
    }
    assertTotals(501, 507, 1009);
  }

  private void assertTotals(long responses, long input, long output) throws IOException {
    for (int time = 0; time < 2; time++) {
      assertThat(answerOf("daily").get("totals"))
          .asInstanceOf(InstanceOfAssertFactories.MAP)
          .containsEntry("responses", BigDecimal.valueOf(responses))
          .containsEntry("inputTokens", BigDecimal.valueOf(input))
          .containsEntry("outputTokens", BigDecimal.valueOf(output));
    }
  }

  private Map<?, ?> answerOf(String command) throws IOException {
    CommandRun run =
        CommandRun.of(home.resolve("state"), List.of(command, "--json", "--home", home.toString()));
    assertThat(run.code()).as(run.err()).isZero();
    return JsonText.object(run.out());
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of("no list: " + value);
  }

  private OutputStream transcript(String session) throws IOException {
    return new BufferedOutputStream(
        Files.newOutputStream(project.resolve(session + ".jsonl")), MEGABYTE);
  }

  private static void filler(OutputStream out, int megabytes) throws IOException {
    byte[] megabyte = new byte[MEGABYTE];
    Arrays.fill(megabyte, (byte) 'A');
    for (int i = 0; i < megabytes; i++) {
      out.write(megabyte);
    }
  }

  private static String answer(String id, String text, long input, long output) {
    return "{\"parentUuid\":null,\"isSidechain\":false,\"message\":{\"model\":\"claude-opus-5\",\"id\":\""
        + id
        + "\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\""
        + text
        + "\"}],\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":"
        + input
        + ",\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":0,\"output_tokens\":"
        + output
        + "}},\"requestId\":\"req_"
        + id
        + "\",\"type\":\"assistant\",\"uuid\":\"u-"
        + id
        + "\",\"timestamp\":\"2026-08-01T10:00:05.000Z\",\"cwd\":\"/home/me/app\",\"sessionId\":\"s1\"}";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }
}
