package dev.claudometer.source.claudecode.place;

import dev.claudometer.model.FileCursor;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// A transcript as the directory tree presents it, before it is opened.
///
/// @param directory its name below `projects/`
/// @param project that the directory belongs to, as far as its name tells
/// @param session the session that its place in the tree names, for lines that do not say
/// @param agent the subagent that its name tells, empty for a main transcript
/// @param seen size, time and identity; nothing read yet
public record TranscriptFile(
    String directory, ProjectName project, SessionId session, String agent, FileCursor seen) {

  public String path() {
    return seen.file();
  }

  /// Whether it has been compressed by gzip.
  public boolean archived() {
    return path().endsWith(TranscriptTree.ARCHIVE);
  }

  /// Reads the place: `P/S.jsonl`, `P/S/subagents/agent-A.jsonl` and deeper, old flat
  /// `P/agent-A.jsonl`.
  public static TranscriptFile at(Path projects, FileCursor seen) {
    char separator = projects.getFileSystem().getSeparator().charAt(0);
    String below = below(projects, separator, seen.file());
    int first = below.indexOf(separator);
    int second = below.indexOf(separator, first + 1);
    String name = stem(below.substring(below.lastIndexOf(separator) + 1));
    String agent = name.startsWith("agent-") ? name.substring("agent-".length()) : "";
    String directory = first < 0 ? "" : below.substring(0, first);
    String session = second < 0 ? name : below.substring(first + 1, second);
    return new TranscriptFile(
        directory, DirectoryName.project(directory), new SessionId(session), agent, seen);
  }

  /// As texts, for each file at each look around: paths are slow to take apart.
  ///
  /// @throws InvalidPathException where the locale lacks letters of the name
  private static String below(Path projects, char separator, String name) {
    String root = projects.toString();
    boolean begins =
        name.length() > root.length()
            && name.charAt(root.length()) == separator
            && name.startsWith(root);
    if (begins && ascii(name)) {
      return name.substring(root.length() + 1);
    }
    Path file = Path.of(name);
    return begins ? name.substring(root.length() + 1) : projects.relativize(file).toString();
  }

  /// Letters that every locale has.
  private static boolean ascii(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static String stem(String fileName) {
    String extension =
        fileName.endsWith(TranscriptTree.ARCHIVE)
            ? TranscriptTree.ARCHIVE
            : TranscriptTree.EXTENSION;
    return fileName.substring(0, fileName.length() - extension.length());
  }
}
