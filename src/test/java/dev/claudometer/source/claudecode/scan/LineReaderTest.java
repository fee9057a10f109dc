package dev.claudometer.source.claudecode.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineReaderTest {

  private Path file;

  @BeforeEach
  void in(@TempDir Path directory) {
    file = directory.resolve("lines");
  }

  private record Line(String text, long offset, long length, boolean terminated, long position) {}

  @Test
  void emptyFileHasNoLines() throws IOException {
    assertThat(lines("")).isEmpty();
  }

  @Test
  void linesComeWithTheirPlaces() throws IOException {
    assertThat(lines("one\n\nthree\n"))
        .containsExactly(
            new Line("one", 0, 3, true, 4),
            new Line("", 4, 0, true, 5),
            new Line("three", 5, 5, true, 11));
  }

  @Test
  void restAfterTheLastNewlineIsUnterminated() throws IOException {
    assertThat(lines("one\ntwo"))
        .containsExactly(new Line("one", 0, 3, true, 4), new Line("two", 4, 3, false, 7));
  }

  @Test
  void carriageReturnStaysInTheLine() throws IOException {
    assertThat(lines("one\r\ntwo\r\n")).extracting(Line::text).containsExactly("one\r", "two\r");
  }

  @Test
  void readingGoesOnFromAnyPlace() throws IOException {
    Files.writeString(file, "one\ntwo\nthree\n");
    try (var channel = FileChannel.open(file)) {
      var reader = new LineReader(channel);
      reader.over(channel.position(4), 4);
      assertThat(rest(reader)).extracting(Line::offset).containsExactly(4L, 8L);
      reader.over(channel.position(0), 0);
      assertThat(rest(reader)).extracting(Line::offset).containsExactly(0L, 4L, 8L);
    }
  }

  @Test
  void linesAcrossBuffersAreWhole() throws IOException {
    for (long seed = 0; seed < 5; seed++) {
      var random = new Random(seed);
      List<String> expected = new ArrayList<>();
      var content = new StringBuilder();
      for (int i = 0; i < 40; i++) {
        String line = ("" + (char) ('a' + i % 26)).repeat(random.nextInt(200_000));
        expected.add(line);
        content.append(line).append('\n');
      }
      String large = "L".repeat(3_000_000);
      expected.add(large);
      content.append(large).append("\nend");
      expected.add("end");
      List<Line> lines = lines(content.toString());
      assertThat(lines.stream().map(Line::text).toList().equals(expected)).isTrue();
      long offset = 0;
      for (Line line : lines) {
        assertThat(line.offset()).isEqualTo(offset);
        offset += line.length() + (line.terminated() ? 1 : 0);
        assertThat(line.position()).isEqualTo(offset);
      }
    }
  }

  @Test
  void lineOfExactlyTheBufferIsWhole() throws IOException {
    for (int length : new int[] {(512 << 10) - 1, 512 << 10, (512 << 10) + 1}) {
      String line = "y".repeat(length);
      assertThat(lines(line + "\nz\n")).extracting(Line::length).containsExactly((long) length, 1L);
      assertThat(lines(line)).extracting(Line::terminated).containsExactly(false);
    }
  }

  @Test
  void veryLongLineIsShortenedAndTheNextOneIsWhole() throws IOException {
    String head = "{\"id\":\"short\",\"image\":\"";
    String tail = "\",\"n\":1,\"s\":\"a\\\"b\"}";
    var content = new ByteArrayOutputStream();
    content.writeBytes((head).getBytes(UTF_8));
    int image = (40 << 20) + 12_345;
    content.writeBytes("\\n".repeat(image / 2).getBytes(UTF_8));
    content.writeBytes((tail + "\nnext\n").getBytes(UTF_8));
    Files.write(file, content.toByteArray());
    List<Line> lines = read();
    long length = head.length() + image / 2 * 2L + tail.length();
    assertThat(lines.getFirst().offset()).isZero();
    assertThat(lines.getFirst().length()).isEqualTo(length);
    assertThat(lines.getFirst().terminated()).isTrue();
    assertThat(lines.getFirst().text()).isEqualTo(head + "\\n".repeat(4096) + tail);
    assertThat(lines.get(1)).isEqualTo(new Line("next", length + 1, 4, true, length + 6));
    assertThat(lines).hasSize(2);
  }

  @Test
  void veryLongUnterminatedLineEndsWithTheFile() throws IOException {
    Files.writeString(file, "first\n\"" + "x".repeat(20 << 20));
    List<Line> lines = read();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(1).terminated()).isFalse();
    assertThat(lines.get(1).offset()).isEqualTo(6);
    assertThat(lines.get(1).length()).isEqualTo((20 << 20) + 1);
  }

  @Test
  void lineThatStaysTooLongWhenShortenedIsMarked() throws IOException {
    Files.writeString(file, "[" + "1,".repeat(17 << 20) + "1]\nnext\n");
    try (var channel = FileChannel.open(file)) {
      var reader = new LineReader(channel);
      reader.over(channel.position(0), 0);
      assertThat(reader.next()).isTrue();
      assertThat(reader.oversized).isTrue();
      assertThat(reader.length).isEqualTo((34L << 20) + 3);
      assertThat(reader.next()).isTrue();
      assertThat(reader.oversized).isFalse();
      assertThat(line(reader).text()).isEqualTo("next");
      assertThat(reader.next()).isFalse();
    }
  }

  private List<Line> lines(String content) throws IOException {
    Files.writeString(file, content);
    return read();
  }

  private List<Line> read() throws IOException {
    try (var channel = FileChannel.open(file)) {
      var reader = new LineReader(channel);
      reader.over(channel.position(0), 0);
      return rest(reader);
    }
  }

  private static List<Line> rest(LineReader reader) throws IOException {
    List<Line> lines = new ArrayList<>();
    while (reader.next()) {
      lines.add(line(reader));
    }
    return lines;
  }

  private static Line line(LineReader reader) {
    String text = new String(reader.bytes, reader.from, reader.to - reader.from, UTF_8);
    return new Line(text, reader.offset, reader.length, reader.terminated, reader.position());
  }
}
