package dev.claudometer.source.claudecode.place;

import dev.claudometer.model.ProjectName;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How Claude Code names a project's directory below `projects/`: `/home/me/x.y` becomes
/// `-home-me-x-y`.
///
/// The rule loses information, so a name is never turned back into a path; a path is only checked
/// against it.
public final class DirectoryName {

  private static final int LONGEST = 200;

  /// `/.claude/worktrees/` in a name: Claude Code makes worktrees there.
  private static final String WORKTREES = "--claude-worktrees-";

  private static final Pattern BELOW_PROJECTS =
      Pattern.compile("[/\\\\]projects[/\\\\]([^/\\\\]+)");

  private DirectoryName() {}

  public static String of(String directory) {
    var name = new StringBuilder(directory.length());
    for (int i = 0; i < directory.length(); i++) {
      char c = directory.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      name.append(plain ? c : '-');
    }
    if (name.length() <= LONGEST) {
      return name.toString();
    }
    long hash = Math.abs((long) directory.hashCode());
    return name.substring(0, LONGEST) + "-" + Long.toString(hash, 36);
  }

  /// The worktree of its repository that a transcript was written in: by the name that Claude Code
  /// gave it, else by its own directory's; null where it was the repository itself.
  ///
  /// @param transcript path below `projects/`
  public static @Nullable String worktree(String transcript, ProjectName project) {
    Matcher below = BELOW_PROJECTS.matcher(transcript);
    if (!below.find()) {
      return null;
    }
    String directory = below.group(1);
    int worktrees = directory.indexOf(WORKTREES);
    if (worktrees > 0) {
      return directory.substring(worktrees + WORKTREES.length());
    }
    return project(directory).equals(project) ? null : directory;
  }

  /// The project that a directory below `projects/` belongs to: a worktree's is its repository's,
  /// and a Windows drive is a capital letter.
  public static ProjectName project(String name) {
    int worktrees = name.indexOf(WORKTREES);
    String repository = worktrees > 0 ? name.substring(0, worktrees) : name;
    boolean drive =
        repository.length() > 2
            && repository.charAt(0) >= 'a'
            && repository.charAt(0) <= 'z'
            && repository.startsWith("--", 1);
    return new ProjectName(
        drive ? Character.toUpperCase(repository.charAt(0)) + repository.substring(1) : repository);
  }
}
