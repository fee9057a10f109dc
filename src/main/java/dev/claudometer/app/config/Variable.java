package dev.claudometer.app.config;

import dev.claudometer.app.process.Surroundings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An environment variable that Claudometer reads. Each stands once, in one of the lists of
/// [Variables]; `docs/configuration.md` is made of them.
///
/// @param usual what holds where it is not set, in words
/// @param readers the commands that read it, in the words of the command line
/// @param path where it stands in the files of claude-prometheus-exporter, null where it does not
public record Variable(
    String name,
    Kind kind,
    String usual,
    String meaning,
    List<String> readers,
    @Nullable String path) {

  /// Read by whatever command needs the place or the habit that it names.
  public static final String EVERY = "every command";

  /// How it may be given.
  public enum Kind {
    /// In the environment only.
    PLAIN,
    /// Or in the file that `NAME_FILE` names.
    FILE,
    /// The same, and its value is shown nowhere.
    SECRET
  }

  static Variable plain(String name, String usual, String meaning, String... readers) {
    return new Variable(name, Kind.PLAIN, usual, meaning, List.of(readers), null);
  }

  static Variable variable(String name, String usual, String meaning, String... readers) {
    return new Variable(name, Kind.FILE, usual, meaning, List.of(readers), null);
  }

  static Variable secret(String name, String usual, String meaning, String... readers) {
    return new Variable(name, Kind.SECRET, usual, meaning, List.of(readers), null);
  }

  Variable at(String jsonPath) {
    return new Variable(name, kind, usual, meaning, readers, jsonPath);
  }

  /// Its value in the environment, empty where it is not set.
  public String in(Surroundings surroundings) {
    return surroundings.variable(name);
  }
}
