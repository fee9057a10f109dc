package dev.claudometer.source.claudecode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A directory that Claude Code keeps its state in, with transcripts below `projects`.
public record ClaudeHome(Path projects) {

  /// The homes among the places that could be some, each once, and all the places that were looked
  /// at.
  public record Search(List<ClaudeHome> homes, List<Path> lookedAt, boolean byDefault) {}

  /// Where to look: `explicit` homes if there are any, else `CLAUDE_CONFIG_DIR` (commas separate
  /// several), else `~/.claude` and `$XDG_CONFIG_HOME/claude`.
  public static Search find(List<Path> explicit, Map<String, String> environment, Path userHome) {
    String configured = environment.getOrDefault("CLAUDE_CONFIG_DIR", "").strip();
    boolean byDefault = explicit.isEmpty() && configured.isEmpty();
    List<Path> places = new ArrayList<>(explicit);
    if (explicit.isEmpty() && !byDefault) {
      for (String part : configured.split(",", -1)) {
        if (!part.isBlank()) {
          places.add(expand(part.strip(), userHome));
        }
      }
    }
    if (byDefault) {
      String xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
      places.add(userHome.resolve(".claude"));
      places.add((xdg.isBlank() ? userHome.resolve(".config") : Path.of(xdg)).resolve("claude"));
    }
    return new Search(homesAmong(places), List.copyOf(places), byDefault);
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

  private static List<ClaudeHome> homesAmong(List<Path> places) {
    var found = new LinkedHashMap<Path, ClaudeHome>();
    for (Path place : places) {
      for (Path projects : candidates(place)) {
        if (Files.isDirectory(projects)) {
          found.putIfAbsent(real(projects), new ClaudeHome(projects.toAbsolutePath().normalize()));
          break;
        }
      }
    }
    return List.copyOf(found.values());
  }

  /// A home, a user's home that contains one, or a `projects` directory itself.
  private static List<Path> candidates(Path place) {
    Path name = place.getFileName();
    Path nested = place.resolve(".claude").resolve("projects");
    return name != null && name.toString().equals("projects")
        ? List.of(place.resolve("projects"), place)
        : List.of(place.resolve("projects"), nested);
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
