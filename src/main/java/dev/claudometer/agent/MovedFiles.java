package dev.claudometer.agent;

import dev.claudometer.model.FileCursor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Recognises a transcript that was moved to another directory: it is read on from where it was
/// read to, so that what is known of it keeps its project.
///
/// That it has the same content is checked where it is read; here only its name is looked at.
final class MovedFiles {

  private final Map<String, FileCursor> known;
  private @Nullable Map<String, FileCursor> gone;

  MovedFiles(Map<String, FileCursor> known) {
    this.known = known;
  }

  /// How far a file of this name had been read that is not where it was; null where there was none.
  @Nullable FileCursor before(FileCursor seen) {
    Map<String, FileCursor> byName = gone;
    if (byName == null) {
      byName = gone();
      gone = byName;
    }
    FileCursor moved = byName.get(name(seen.file()));
    return moved == null || moved.offset() > seen.size() ? null : moved;
  }

  private Map<String, FileCursor> gone() {
    Map<String, FileCursor> byName = new HashMap<>();
    for (FileCursor cursor : known.values()) {
      if (cursor.offset() > 0 && !Files.exists(Path.of(cursor.file()))) {
        byName.merge(name(cursor.file()), cursor, (a, b) -> a.offset() >= b.offset() ? a : b);
      }
    }
    return byName;
  }

  private static String name(String path) {
    return String.valueOf(Path.of(path).getFileName());
  }
}
