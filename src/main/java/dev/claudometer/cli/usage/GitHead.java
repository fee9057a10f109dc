package dev.claudometer.cli.usage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What is checked out in a directory, as git's own files say; git itself is not run.
final class GitHead {

  private static final int LONGEST = 4_096;
  private static final int SHORT_HASH = 7;
  private static final String BRANCH = "ref: refs/heads/";

  private GitHead() {}

  /// The branch, or the beginning of the commit's hash; null where there is no repository.
  static @Nullable String of(String directory) {
    try {
      Path at = Path.of(directory).toAbsolutePath();
      for (Path place = at; place != null; place = place.getParent()) {
        Path git = place.resolve(".git");
        if (Files.exists(git)) {
          return head(Files.isDirectory(git) ? git : place.resolve(linked(git)));
        }
      }
    } catch (IOException | InvalidPathException unreadable) {
      // as where there is none
    }
    return null;
  }

  /// A worktree's `.git` is a file that names the directory.
  private static String linked(Path file) throws IOException {
    String line = firstLine(file);
    if (!line.startsWith("gitdir: ")) {
      throw new IOException("no link");
    }
    return line.substring("gitdir: ".length());
  }

  private static @Nullable String head(Path git) throws IOException {
    String line = firstLine(git.resolve("HEAD"));
    if (line.startsWith(BRANCH)) {
      return line.substring(BRANCH.length());
    }
    return line.matches("[0-9a-f]{40,64}") ? line.substring(0, SHORT_HASH) : null;
  }

  private static String firstLine(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(LONGEST), UTF_8).lines().findFirst().orElse("").strip();
    }
  }
}
