package dev.claudometer.source.claudecode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.claudometer.model.FileRead;
import dev.claudometer.model.Observation;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.source.claudecode.place.ClaudeHome;
import dev.claudometer.source.claudecode.place.TranscriptFile;
import dev.claudometer.source.claudecode.place.TranscriptTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArchiveTest {

  private static final String TWO = Lines.answer("msg_1", 1) + "\n" + Lines.answer("msg_2", 2);

  private final List<Observation> observations = new ArrayList<>();
  private final List<FileRead> readings = new ArrayList<>();
  private Path projects;

  @BeforeEach
  void in(@TempDir Path directory) throws IOException {
    projects = Files.createDirectories(directory.resolve("projects"));
    Files.createDirectories(projects.resolve("-home-me-x-y"));
  }

  @Test
  void archivedTranscriptIsReadAsIfItWereNone() throws IOException {
    archive("-home-me-x-y/session-1.jsonl.gz", TWO + "\n");
    read();
    assertThat(observations)
        .extracting(event -> ((UsageEvent) event).key().messageId())
        .containsExactly("msg_1", "msg_2");
    assertThat(((UsageEvent) observations.getFirst()).attribution().project().text())
        .isEqualTo("-home-me-x-y");
    assertThat(readings.getLast().bytesRead()).isEqualTo(TWO.length() + 1);
  }

  @Test
  void lastLineNeedsNoNewline() throws IOException {
    archive("-home-me-x-y/session-1.jsonl.gz", TWO);
    read();
    assertThat(observations).hasSize(2);
  }

  @Test
  void archiveThatIsCutOffSaysSo() throws IOException {
    Path file = archive("-home-me-x-y/session-1.jsonl.gz", TWO.repeat(100));
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(this::read).isInstanceOf(IOException.class);
  }

  private Path archive(String name, String content) throws IOException {
    Path file = projects.resolve(name);
    try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(content.getBytes(UTF_8));
    }
    return file;
  }

  private void read() throws IOException {
    var reader = new TranscriptReader(observations::add);
    for (TranscriptFile file : TranscriptTree.below(List.of(new ClaudeHome(projects))).files()) {
      reader.read(file, null, Long.MAX_VALUE, readings::add);
    }
  }
}
