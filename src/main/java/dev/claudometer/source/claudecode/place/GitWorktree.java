package dev.claudometer.source.claudecode.place;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Finds the repository of a worktree that `git worktree add` has made: there `.git` is a file that
/// names it.
public final class GitWorktree {

  private static final int MOST_BYTES = 4096;
  private static final String GIT_DIRECTORY = "gitdir: ";

  private GitWorktree() {}

  /// The main directory of the repository; null where the directory is in no such worktree, or is
  /// not on this machine.
  public static @Nullable String repository(String directory) {
    try {
      for (Path at = Path.of(directory); at != null; at = at.getParent()) {
        Path git = at.resolve(".git");
        if (Files.exists(git)) {
          return Files.isRegularFile(git) ? repository(at, text(git)) : null;
        }
      }
    } catch (IOException | InvalidPathException notHere) {
      return null;
    }
    return null;
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MOST_BYTES), UTF_8).strip();
    }
  }

  /// `gitdir: /home/me/loom/.git/worktrees/fix`; with a bare repository also
  /// `/home/me/loom/.bare/worktrees/fix` or `/srv/loom.git/worktrees/fix`.
  private static @Nullable String repository(Path worktree, String text) {
    if (!text.startsWith(GIT_DIRECTORY)) {
      return null;
    }
    Path entry = worktree.resolve(text.substring(GIT_DIRECTORY.length())).normalize();
    Path entries = entry.getParent();
    Path store = entries == null ? null : entries.getParent();
    if (entries == null || store == null || !entries.endsWith("worktrees")) {
      return null;
    }
    Path name = store.getFileName();
    Path main = name != null && name.toString().startsWith(".") ? store.getParent() : store;
    return main == null ? null : main.toString();
  }
}
