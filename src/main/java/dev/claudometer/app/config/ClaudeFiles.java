package dev.claudometer.app.config;

import dev.claudometer.app.process.Surroundings;
import dev.claudometer.source.claudecode.place.ClaudeHome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Where Claude Code keeps what it remembers of itself: beside `projects` in a configured
/// directory, else in the user's home.
///
/// @param state `.claude.json`
/// @param credentials `.credentials.json`, opened only where a person wants it
public record ClaudeFiles(Path state, Path credentials) {

  /// The homes that are read: those that were named, else the usual ones.
  public static ClaudeHome.Search search(List<Path> homes, Surroundings surroundings) {
    return ClaudeHome.find(homes, surroundings.environment(), surroundings.userHome());
  }

  /// Those beside the first home that was named, else beside the usual one.
  ///
  /// @param homes that were named
  public static ClaudeFiles of(List<Path> homes, Surroundings surroundings) {
    String configured = PlaceVariables.CLAUDE_CONFIG_DIR.in(surroundings).split(",", -1)[0].strip();
    if (homes.isEmpty() && configured.isEmpty()) {
      Path user = surroundings.userHome();
      return new ClaudeFiles(
          user.resolve(".claude.json"), user.resolve(".claude").resolve(".credentials.json"));
    }
    Path home = homes.isEmpty() ? Path.of(configured) : homes.getFirst();
    Path beside = home.toAbsolutePath().resolveSibling(".claude.json");
    Path within = home.resolve(".claude.json");
    return new ClaudeFiles(
        !Files.exists(within) && Files.exists(beside) ? beside : within,
        home.resolve(".credentials.json"));
  }
}
