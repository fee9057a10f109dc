package dev.claudometer.source.claudecode.place;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Where Claude Desktop keeps the sessions that it runs on this machine (Cowork): each has a Claude
/// home of its own, some directories below `local-agent-mode-sessions`.
///
/// `audit.jsonl` beside such a home is a copy of the session with start values; it lies outside of
/// `projects` and is never read.
final class DesktopSessions {

  static final String DIRECTORY = "local-agent-mode-sessions";

  /// `Claude-3p` is the app with a model provider other than Anthropic.
  private static final List<String> APPS = List.of("Claude", "Claude-3p");

  /// `<a>/<b>/local_<id>`, and one more.
  private static final int DEEPEST = 4;

  private DesktopSessions() {}

  /// Every directory that the app may use on any system, whether it is there or not.
  static List<Path> places(Map<String, String> environment, Path userHome) {
    List<Path> data = new ArrayList<>();
    data.add(ClaudeHome.configDirectory(environment, userHome));
    data.add(userHome.resolve("Library").resolve("Application Support"));
    String roaming = environment.getOrDefault("APPDATA", "");
    if (!roaming.isBlank()) {
      data.add(Path.of(roaming));
    }
    String local = environment.getOrDefault("LOCALAPPDATA", "");
    if (!local.isBlank()) {
      data.addAll(fromTheStore(Path.of(local)));
    }
    return data.stream()
        .flatMap(directory -> APPS.stream().map(directory::resolve))
        .map(app -> app.resolve(DIRECTORY))
        .toList();
  }

  /// The store gives a program a private copy of the roaming directory.
  static List<Path> fromTheStore(Path local) {
    return directories(local.resolve("Packages"), "Claude_*").stream()
        .map(each -> each.resolve("LocalCache").resolve("Roaming"))
        .toList();
  }

  /// Whether a place is such a directory, or the app's that has one.
  static boolean holds(Path place) {
    return place.endsWith(DIRECTORY) || Files.isDirectory(place.resolve(DIRECTORY));
  }

  /// The `projects` directories of the sessions below a place that is such a directory, holds one,
  /// or lies within one.
  static List<Path> projects(Path place) {
    Path named = place.resolve(DIRECTORY);
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(named)) {
      collect(named, DEEPEST, found);
    } else if (within(place)) {
      collect(place, DEEPEST, found);
    }
    return found;
  }

  private static boolean within(Path place) {
    for (Path name : place.toAbsolutePath().normalize()) {
      if (name.toString().equals(DIRECTORY)) {
        return true;
      }
    }
    return false;
  }

  /// What a session works on lies beside its home and is not looked into.
  private static void collect(Path directory, int deeper, List<Path> to) {
    Path projects = directory.resolve(".claude").resolve("projects");
    if (Files.isDirectory(projects)) {
      to.add(projects);
    } else if (deeper > 0) {
      directories(directory, "*").forEach(each -> collect(each, deeper - 1, to));
    }
  }

  /// The directories in a directory, by name; none where it is not there or cannot be read.
  static List<Path> directories(Path in, String glob) {
    List<Path> directories = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(in, glob)) {
      for (Path each : all) {
        if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
          directories.add(each);
        }
      }
    } catch (IOException notThere) {
      return List.of();
    }
    directories.sort(null);
    return directories;
  }
}
