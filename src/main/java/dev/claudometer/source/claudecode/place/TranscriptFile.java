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
    String below = below(projects, seen.file());
    char separator = projects.getFileSystem().getSeparator().charAt(0);
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
  private static String below(Path projects, String name) {
    Path file = Path.of(name);
    String begin = projects + projects.getFileSystem().getSeparator();
    return name.startsWith(begin)
        ? name.substring(begin.length())
        : projects.relativize(file).toString();
  }

  private static String stem(String fileName) {
    String extension =
        fileName.endsWith(TranscriptTree.ARCHIVE)
            ? TranscriptTree.ARCHIVE
            : TranscriptTree.EXTENSION;
    return fileName.substring(0, fileName.length() - extension.length());
  }
}
