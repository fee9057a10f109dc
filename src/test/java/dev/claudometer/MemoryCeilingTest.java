package dev.claudometer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.source.claudecode.Lines;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A command whose memory has a ceiling, far below the size of what it reads, still counts all of
/// it: with more than that it would end with an error.
@Tag("process")
class MemoryCeilingTest {

  /// `-Pnightly` has larger ones, and more files.
  private static final int MEGABYTES = Integer.getInteger("large.megabytes", 200);

  private static final int FILES = Integer.getInteger("large.files", 3_000);
  private static final int MEGABYTE = 1 << 20;

  /// Of the heap, in megabytes.
  private static final int CEILING = 64;

  @TempDir private Path directory;
  private Path projects;

  @BeforeEach
  void projects() throws IOException {
    projects = Files.createDirectories(directory.resolve("claude/projects/-p"));
  }

  @Test
  void usageBehindOneLineOfHundredsOfMegabytesCounts() throws Exception {
    try (OutputStream out = transcript("s1")) {
      String line = Lines.user("u1", "\"LONG\"", "");
      out.write(line.substring(0, line.indexOf("LONG")).getBytes(US_ASCII));
      byte[] megabyte = filled();
      for (int i = 0; i < MEGABYTES; i++) {
        out.write(megabyte);
      }
      out.write((line.substring(line.indexOf("LONG")) + "\n").getBytes(US_ASCII));
      out.write((Lines.answer("msg_1", 22) + "\n").getBytes(US_ASCII));
    }
    assertCounts(1, 22, CEILING);
  }

  @Test
  void fileOfHundredsOfMegabytesWithoutUsageIsReadToItsEnd() throws Exception {
    try (OutputStream out = transcript("s1")) {
      String line = Lines.user("u1", "\"" + "A".repeat(100_000) + "\"", "") + "\n";
      for (long written = 0; written < (long) MEGABYTES * MEGABYTE; written += line.length()) {
        out.write(line.getBytes(US_ASCII));
      }
      out.write((Lines.answer("msg_1", 22) + "\n").getBytes(US_ASCII));
    }
    assertCounts(1, 22, CEILING);
  }

  /// Each of them holds a response of its own, and one that all of them hold. What is known of a
  /// file takes less than a kilobyte.
  @Test
  void manyFilesCountEachResponseOnce() throws Exception {
    String shared = Lines.answer("msg_shared", 9) + "\n";
    for (int i = 0; i < FILES; i++) {
      Files.writeString(
          projects.resolve("s" + i + ".jsonl"), Lines.answer("msg_" + i, 2) + "\n" + shared);
    }
    assertCounts(FILES + 1L, 2L * FILES + 9, CEILING + FILES / 1_000);
  }

  private OutputStream transcript(String session) throws IOException {
    return new BufferedOutputStream(
        Files.newOutputStream(projects.resolve(session + ".jsonl")), MEGABYTE);
  }

  private static byte[] filled() {
    byte[] megabyte = new byte[MEGABYTE];
    Arrays.fill(megabyte, (byte) 'A');
    return megabyte;
  }

  private void assertCounts(long responses, long output, int heap) throws Exception {
    assertThat(totals(heap))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("responses", BigDecimal.valueOf(responses))
        .containsEntry("outputTokens", BigDecimal.valueOf(output));
  }

  private Object totals(int heap) throws Exception {
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap + "m",
                "-XX:MaxDirectMemorySize=16m",
                "-XX:ActiveProcessorCount=2",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.claudometer.Main",
                "daily",
                "--json",
                "--home",
                directory.resolve("claude").toString())
            .redirectError(directory.resolve("err").toFile());
    builder.environment().clear();
    builder.environment().putAll(Map.of("HOME", directory.toString(), "LC_ALL", "C.UTF-8"));
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(4, TimeUnit.HOURS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(directory.resolve("err"))).isZero();
    return JsonText.object(out).get("totals");
  }
}
