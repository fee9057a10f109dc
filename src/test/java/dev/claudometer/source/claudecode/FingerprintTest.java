package dev.claudometer.source.claudecode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.source.claudecode.scan.LineReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {

  /// Short ones are held whole while they are read, longer ones are not, and a long line is passed
  /// on in pieces.
  @ParameterizedTest
  @CsvSource({
    "0, 10",
    "1, 10",
    "1, 900",
    "3, 700",
    "40, 100",
    "900, 1000",
    "40, 40000",
    "2, 20000000"
  })
  void fileThatIsBeingReadHasTheSameAsTheFileItself(int lines, int length, @TempDir Path directory)
      throws IOException {
    Path file = directory.resolve("file");
    var random = new Random(lines);
    try (var out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < lines; i++) {
        out.write(Character.toString('a' + random.nextInt(26)).repeat(length));
        out.write('\n');
      }
    }
    try (var channel = FileChannel.open(file)) {
      var reader = new LineReader(channel);
      while (reader.next()) {
        long end = reader.position();
        assertThat(Fingerprint.of(channel, reader, end)).isEqualTo(Fingerprint.of(channel, end));
      }
      long end = reader.position();
      assertThat(end).isEqualTo(Files.size(file));
      assertThat(Fingerprint.of(channel, reader, end)).isEqualTo(Fingerprint.of(channel, end));
    }
  }
}
