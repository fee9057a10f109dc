package dev.claudometer.source.claudecode.place;

import dev.claudometer.model.Cause;
import dev.claudometer.model.FileCursor;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// All transcripts below the `projects` directories of some Claude homes, at any depth, links
/// followed.
///
/// @param files by path
/// @param directories that were looked into: a transcript may appear in any of them
/// @param unreadable what could not be looked into, as `path: reason`
public record TranscriptTree(
    List<TranscriptFile> files, List<Path> directories, List<String> unreadable) {

  static final String EXTENSION = ".jsonl";

  /// What people make of old transcripts.
  static final String ARCHIVE = EXTENSION + ".gz";

  public static TranscriptTree below(List<ClaudeHome> homes) throws IOException {
    var walk = new Walk();
    for (ClaudeHome home : homes) {
      walk.projects = home.projects();
      Files.walkFileTree(
          home.projects(), EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, walk);
    }
    return walk.tree();
  }

  /// The transcripts among some files that lie in directories of such a tree.
  public static TranscriptTree among(List<ClaudeHome> homes, Collection<Path> files) {
    var walk = new Walk();
    for (ClaudeHome home : homes) {
      walk.projects = home.projects();
      for (Path file : files) {
        if (file.startsWith(home.projects())) {
          walk.look(file);
        }
      }
    }
    return walk.tree();
  }

  private static final class Walk extends SimpleFileVisitor<Path> {

    private final List<TranscriptFile> files = new ArrayList<>();
    private final List<Path> directories = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    private Path projects = Path.of("");

    TranscriptTree tree() {
      files.sort((one, other) -> one.path().compareTo(other.path()));
      return new TranscriptTree(
          List.copyOf(files), List.copyOf(directories), List.copyOf(unreadable));
    }

    /// Visits one file that may have gone.
    void look(Path file) {
      try {
        visitFile(file, Files.readAttributes(file, BasicFileAttributes.class));
      } catch (IOException why) {
        visitFileFailed(file, why);
      }
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      directories.add(directory);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && isTranscript(nameOf(file))) {
        add(file, attributes);
      }
      return FileVisitResult.CONTINUE;
    }

    /// As text, which is needed anyway.
    private static String nameOf(Path file) {
      String path = file.toString();
      return path.substring(path.lastIndexOf(file.getFileSystem().getSeparator()) + 1);
    }

    private void add(Path file, BasicFileAttributes attributes) {
      try {
        files.add(TranscriptFile.at(projects, seen(file, attributes)));
      } catch (InvalidPathException unwritable) {
        unreadable.add(file + ": the locale lacks letters of its name; set LC_ALL=C.UTF-8");
      }
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException why) {
      boolean vanished = !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
      if (!(why instanceof FileSystemLoopException) && !vanished) {
        unreadable.add(file + ": " + Cause.of(why).words());
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException why) {
      if (why != null) {
        unreadable.add(directory + ": " + Cause.of(why).words());
      }
      return FileVisitResult.CONTINUE;
    }

    /// Orphaned and superseded copies are what Claude Code itself has put aside.
    private static boolean isTranscript(String name) {
      return (name.endsWith(EXTENSION) || name.endsWith(ARCHIVE))
          && !name.contains(".orphaned")
          && !name.contains(".superseded")
          && !name.startsWith("journal.jsonl");
    }

    private static FileCursor seen(Path file, BasicFileAttributes attributes) {
      return new FileCursor(
          file.toString(),
          Objects.toString(attributes.fileKey(), ""),
          attributes.size(),
          attributes.lastModifiedTime().toInstant(),
          0,
          0);
    }
  }
}
