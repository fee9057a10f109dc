package dev.claudometer.source.claudecode.place;

import dev.claudometer.model.SessionId;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A directory that Claude Code keeps its state in, with transcripts below `projects`.
public record ClaudeHome(Path projects) {

  /// The homes among the places that could be some, each once, and all the places that were looked
  /// at.
  public record Search(List<ClaudeHome> homes, List<Path> lookedAt, boolean byDefault) {

    /// What is wrong with the places: each that was named has to be there, also where Claude Code
    /// has written no transcript yet; of the usual ones at least one.
    public List<String> missing() {
      List<Path> absent = lookedAt.stream().filter(place -> !Files.isDirectory(place)).toList();
      if (byDefault) {
        return absent.size() < lookedAt.size()
            ? List.of()
            : List.of(
                "there is no Claude home: none of "
                    + String.join(", ", absent.stream().map(Path::toString).toList())
                    + " exists; name one (--home)");
      }
      return absent.stream().map(place -> "there is no Claude home " + place).toList();
    }
  }

  /// Where to look: `explicit` homes if there are any, else `CLAUDE_CONFIG_DIR` (commas separate
  /// several), else `~/.claude`, `$XDG_CONFIG_HOME/claude`, and what Claude Desktop has.
  public static Search find(List<Path> explicit, Map<String, String> environment, Path userHome) {
    List<Path> named = explicit.isEmpty() ? configured(environment, userHome) : explicit;
    List<Path> places = new ArrayList<>(named);
    if (named.isEmpty()) {
      places.addAll(usual(environment, userHome));
      DesktopSessions.places(environment, userHome).stream()
          .filter(Files::isDirectory)
          .forEach(places::add);
    }
    return new Search(homesAmong(places), List.copyOf(places), named.isEmpty());
  }

  static List<Path> configured(Map<String, String> environment, Path userHome) {
    List<Path> places = new ArrayList<>();
    for (String part : environment.getOrDefault("CLAUDE_CONFIG_DIR", "").split(",", -1)) {
      if (!part.isBlank()) {
        places.add(expand(part.strip(), userHome));
      }
    }
    return places;
  }

  static List<Path> usual(Map<String, String> environment, Path userHome) {
    return List.of(
        userHome.resolve(".claude"), configDirectory(environment, userHome).resolve("claude"));
  }

  static Path configDirectory(Map<String, String> environment, Path userHome) {
    String xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
    return xdg.isBlank() ? userHome.resolve(".config") : Path.of(xdg);
  }

  /// Where a client of this home may keep what it remembers, its `.claude.json`: within, and for
  /// the usual `~/.claude` beside it.
  public List<Path> clientState() {
    Path home = projects.toAbsolutePath().getParent();
    Path name = home == null ? null : home.getFileName();
    if (home == null || name == null) {
      return List.of();
    }
    Path within = home.resolve(".claude.json");
    return name.toString().equals(".claude")
        ? List.of(within, home.resolveSibling(".claude.json"))
        : List.of(within);
  }

  /// A session's own transcript; null where no project has it.
  public @Nullable Path transcript(SessionId session) {
    if (!session.text().matches("[A-Za-z0-9_-]{1,100}")) {
      return null;
    }
    try (DirectoryStream<Path> directories = Files.newDirectoryStream(projects)) {
      for (Path directory : directories) {
        Path file = directory.resolve(session.text() + TranscriptTree.EXTENSION);
        if (Files.isRegularFile(file)) {
          return file;
        }
      }
    } catch (IOException | DirectoryIteratorException unreadable) {
      // then nothing is known of it
    }
    return null;
  }

  /// Where a client of this home keeps the settings that its organisation serves.
  public Path fetchedSettings() {
    return projects.resolveSibling("remote-settings.json");
  }

  private static List<ClaudeHome> homesAmong(List<Path> places) {
    var found = new LinkedHashMap<Path, ClaudeHome>();
    for (Path place : places) {
      for (Path projects : projects(place)) {
        found.putIfAbsent(real(projects), new ClaudeHome(projects.toAbsolutePath().normalize()));
      }
    }
    return List.copyOf(found.values());
  }

  /// The `projects` directories of a place: a home, a user's home that contains one, a `projects`
  /// directory itself, or a directory of Claude Desktop's sessions.
  static List<Path> projects(Path place) {
    List<Path> found = new ArrayList<>(own(place));
    if (found.isEmpty() || DesktopSessions.holds(place)) {
      found.addAll(DesktopSessions.projects(place));
    }
    return found;
  }

  private static List<Path> own(Path place) {
    Path name = place.getFileName();
    Path nested = place.resolve(".claude").resolve("projects");
    List<Path> candidates =
        name != null && name.toString().equals("projects")
            ? List.of(place.resolve("projects"), place)
            : List.of(place.resolve("projects"), nested);
    return candidates.stream().filter(Files::isDirectory).limit(1).toList();
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException unreachable) {
      return path.toAbsolutePath().normalize();
    }
  }

  private static Path expand(String path, Path userHome) {
    if (path.equals("~")) {
      return userHome;
    }
    return path.startsWith("~/") ? userHome.resolve(path.substring(2)) : Path.of(path);
  }
}
