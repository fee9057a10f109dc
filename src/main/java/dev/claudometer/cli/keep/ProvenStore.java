package dev.claudometer.cli.keep;

import dev.claudometer.app.Memory;
import dev.claudometer.store.UsageStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/// A store whose sums were proved to be the sums of its events, and its files as they were then:
/// written to by anybody since, it is another.
///
/// @param version of the store
/// @param files sizes and times
record ProvenStore(String version, String files) {

  /// What is wrong with a store. A process that has proved its sums once, and sees that nothing was
  /// written since, looks only whether the database itself is sound.
  static List<String> problems(UsageStore store, Path file, Memory memory) {
    ProvenStore now = of(store, file);
    if (now.equals(memory.of(ProvenStore.class))) {
      return store.integrity();
    }
    List<String> problems = store.verify();
    if (problems.isEmpty()) {
      memory.keep(now);
    }
    return problems;
  }

  private static ProvenStore of(UsageStore store, Path file) {
    Path log = file.resolveSibling(file.getFileName() + "-wal");
    return new ProvenStore(store.standing().version(), state(file) + " " + state(log));
  }

  private static String state(Path file) {
    try {
      BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
      return is.size() + " " + is.lastModifiedTime() + " " + is.fileKey();
    } catch (NoSuchFileException none) {
      return "none";
    } catch (IOException unknown) {
      // compared with nothing but itself
      return unknown + " " + System.identityHashCode(unknown);
    }
  }
}
