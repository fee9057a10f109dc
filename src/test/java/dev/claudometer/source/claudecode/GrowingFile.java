package dev.claudometer.source.claudecode;

import dev.claudometer.model.FileCursor;
import dev.claudometer.model.Observation;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.source.claudecode.place.TranscriptFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A transcript that is read each time after it has grown, by a reader that remembers nothing but
/// the cursor.
final class GrowingFile {

  private final Path projects;
  private final Path file;
  private final List<Observation> observations = new ArrayList<>();
  private @Nullable FileCursor cursor;

  GrowingFile(Path directory) throws IOException {
    projects = directory.resolve("projects");
    file = projects.resolve("-home-me-app/s-main.jsonl");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");
  }

  /// Adds lines and reads what is new.
  void grow(String... lines) throws IOException {
    Files.writeString(file, String.join("\n", lines) + "\n", StandardOpenOption.APPEND);
    var seen = new FileCursor(file.toString(), "", Files.size(file), Instant.now(), 0, 0);
    new TranscriptReader(observations::add)
        .read(
            TranscriptFile.at(projects, seen),
            cursor,
            Long.MAX_VALUE,
            reading -> cursor = reading.cursor());
  }

  List<UsageEvent> events() {
    return observations.stream()
        .filter(UsageEvent.class::isInstance)
        .map(UsageEvent.class::cast)
        .toList();
  }
}
