package dev.claudometer.store.sqlite;

import dev.claudometer.store.sqlite.WriteLog.Change;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/// The files that a log of writes leaves where everything ends at some moment.
final class Disk {

  private static final int SECTOR = 512;

  private final Map<Path, byte[]> files;
  private final Random random;

  private Disk(Map<Path, byte[]> start, Random random) {
    files = new TreeMap<>(start);
    this.random = random;
  }

  /// The process ends: what was asked for is there, and perhaps a part of what was being asked for.
  static Disk afterKill(WriteLog log, int moment, Random random) {
    var disk = new Disk(log.start(), random);
    List<Change> changes = log.changes(Math.min(moment + 1, log.length()));
    changes.stream().limit(moment).forEach(disk::apply);
    if (moment < changes.size() && changes.get(moment) instanceof Change.Written last) {
      disk.apply(begun(last, random.nextInt(last.bytes().length + 1)));
    }
    return disk;
  }

  private static Change begun(Change.Written whole, int length) {
    return new Change.Written(whole.file(), whole.offset(), Arrays.copyOf(whole.bytes(), length));
  }

  /// The power goes: what was waited for is there; anything else may be there, or not, or some of
  /// its sectors, in any order; some hold anything.
  static Disk afterPowerCut(WriteLog log, int moment, Random random) {
    var disk = new Disk(log.start(), random);
    List<Change> changes = log.changes(moment);
    Set<Path> notDeleted = new HashSet<>();
    for (int i = 0; i < moment; i++) {
      Change change = changes.get(i);
      if (waitedFor(change, changes.subList(i + 1, moment))) {
        disk.apply(change);
      } else if (!notDeleted.contains(change.file())) {
        disk.perhaps(change, notDeleted);
      }
    }
    return disk;
  }

  private static boolean waitedFor(Change change, List<Change> later) {
    Path names = change.file().getParent();
    return later.stream()
        .anyMatch(
            each ->
                each instanceof Change.Waited(Path file)
                    && (file.equals(change.file())
                        || (isOfANameOnly(change) && file.equals(names))));
  }

  private static boolean isOfANameOnly(Change change) {
    return change instanceof Change.Deleted || change instanceof Change.Named;
  }

  private void perhaps(Change change, Set<Path> notDeleted) {
    int fate = random.nextInt(3);
    if (fate == 0 && change instanceof Change.Deleted) {
      // what is written to a new file of that name is not there either
      notDeleted.add(change.file());
    } else if (fate == 1 && change instanceof Change.Written written) {
      sectors(written);
    } else if (fate > 0) {
      apply(change);
    }
  }

  private void sectors(Change.Written written) {
    for (int at = 0; at < written.bytes().length; at += SECTOR) {
      byte[] sector =
          Arrays.copyOfRange(written.bytes(), at, Math.min(written.bytes().length, at + SECTOR));
      if (random.nextInt(8) == 0) {
        random.nextBytes(sector);
      }
      if (random.nextBoolean()) {
        apply(new Change.Written(written.file(), written.offset() + at, sector));
      }
    }
  }

  private void apply(Change change) {
    Path name = change.file().getFileName();
    switch (change) {
      case Change.Written(_, long offset, byte[] bytes) -> {
        byte[] old = files.getOrDefault(name, new byte[0]);
        byte[] now =
            old.length < offset + bytes.length
                ? Arrays.copyOf(old, (int) offset + bytes.length)
                : old.clone();
        System.arraycopy(bytes, 0, now, (int) offset, bytes.length);
        files.put(name, now);
      }
      case Change.Truncated(_, long length) ->
          files.put(name, Arrays.copyOf(files.getOrDefault(name, new byte[0]), (int) length));
      case Change.Deleted _ -> files.remove(name);
      case Change.Named(_, Path before) -> {
        byte[] same = files.get(before.getFileName());
        if (same != null) {
          files.put(name, same);
        }
      }
      case Change.Waited _ -> {}
    }
  }

  /// Makes a directory hold these files and no others.
  void into(Path directory) throws IOException {
    try (DirectoryStream<Path> old = Files.newDirectoryStream(directory)) {
      for (Path file : old) {
        Files.delete(file);
      }
    }
    for (var file : files.entrySet()) {
      Files.write(directory.resolve(file.getKey()), file.getValue());
    }
  }
}
