package dev.claudometer.source.claudecode.place;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A directory of this machine that may hold transcripts, and what became of it.
///
/// @param what whose directory it is, in a few words
/// @param homes how many Claude homes were found there
/// @param why for a place that was not read: the reason, and what to do; else empty
public record Place(Path path, String what, State state, int homes, String why) {

  /// What became of a place.
  public enum State {
    /// Its transcripts count.
    READ,
    /// There are some, and they do not count.
    NOT_READ,
    /// There are none.
    EMPTY
  }

  static Place of(Path path, String what, boolean wanted, String whyNot) {
    List<Path> projects = ClaudeHome.projects(path);
    if (projects.isEmpty()) {
      return new Place(path, what, State.EMPTY, 0, "");
    }
    List<String> closed =
        projects.stream().filter(each -> !Files.isReadable(each)).map(Path::toString).toList();
    String why = closed.isEmpty() ? "" : "not allowed to read " + String.join(", ", closed);
    return wanted && closed.isEmpty()
        ? new Place(path, what, State.READ, projects.size(), "")
        : new Place(path, what, State.NOT_READ, projects.size(), why.isEmpty() ? whyNot : why);
  }
}
