package dev.claudometer.source.claudecode;

import dev.claudometer.model.ProjectName;
import dev.claudometer.source.claudecode.place.DirectoryName;
import dev.claudometer.source.claudecode.place.GitWorktree;
import dev.claudometer.source.claudecode.place.TranscriptFile;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Says which project a transcript belongs to. The worktrees of a repository are one project with
/// it, and so are the spellings of a Windows path.
public final class Projects {

  private static final String WORKTREES = "/.claude/worktrees/";

  /// By the working directory; git is asked once about each.
  private final Map<String, Project> known = new HashMap<>();

  /// @param path of its directory
  record Project(ProjectName name, String path) {}

  /// The project of a transcript some line of which was written in a working directory; null where
  /// that directory says nothing of it. A session may work in directories below the one that its
  /// transcript is named after.
  @Nullable Project of(TranscriptFile file, String workingDirectory) {
    int end = workingDirectory.length();
    while (end > 0) {
      String directory = workingDirectory.substring(0, end);
      if (DirectoryName.of(directory).equals(file.directory())) {
        return known.computeIfAbsent(directory, Projects::repository);
      }
      end = Math.max(directory.lastIndexOf('/'), directory.lastIndexOf('\\'));
    }
    return null;
  }

  /// `c:/dev/loom` and `C:\dev\loom` are one directory.
  public static String spelled(String path) {
    boolean drive =
        path.length() > 2
            && path.charAt(1) == ':'
            && Character.isLetter(path.charAt(0))
            && (path.charAt(2) == '/' || path.charAt(2) == '\\');
    return drive
        ? Character.toUpperCase(path.charAt(0)) + path.substring(1).replace('/', '\\')
        : path;
  }

  private static Project repository(String directory) {
    int worktrees = directory.replace('\\', '/').indexOf(WORKTREES);
    String main = worktrees > 0 ? directory.substring(0, worktrees) : directory;
    String repository = GitWorktree.repository(main);
    String path = spelled(repository == null ? main : repository);
    return new Project(DirectoryName.project(DirectoryName.of(path)), path);
  }
}
