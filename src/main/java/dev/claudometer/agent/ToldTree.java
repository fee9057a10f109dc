package dev.claudometer.agent;

import dev.claudometer.source.claudecode.place.ClaudeHome;
import dev.claudometer.source.claudecode.place.TranscriptFile;
import dev.claudometer.source.claudecode.place.TranscriptTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Whether the system tells of every change below some homes, if all directories are watched: Linux
/// does, on disks of its own. It does not where another machine writes, or where a link leads to a
/// file that is written elsewhere.
final class ToldTree {

  private static final boolean LINUX =
      System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux");

  private static final Set<String> OWN_DISKS =
      Set.of(
          "ext2",
          "ext3",
          "ext4",
          "xfs",
          "btrfs",
          "zfs",
          "f2fs",
          "bcachefs",
          "jfs",
          "reiserfs",
          "tmpfs",
          "ramfs",
          "overlay");

  private ToldTree() {}

  static boolean complete(List<ClaudeHome> homes, TranscriptTree tree) {
    if (!LINUX) {
      return false;
    }
    try {
      Set<Object> disks = new HashSet<>();
      for (ClaudeHome home : homes) {
        if (!OWN_DISKS.contains(Files.getFileStore(home.projects()).type())) {
          return false;
        }
        disks.add(Files.getAttribute(home.projects(), "unix:dev"));
      }
      for (Path directory : tree.directories()) {
        if (Files.isSymbolicLink(directory)
            || !disks.contains(Files.getAttribute(directory, "unix:dev"))) {
          return false;
        }
      }
    } catch (IOException changing) {
      return false;
    }
    for (TranscriptFile file : tree.files()) {
      if (Files.isSymbolicLink(Path.of(file.path()))) {
        return false;
      }
    }
    return true;
  }
}
