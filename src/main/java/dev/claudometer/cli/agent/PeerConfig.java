package dev.claudometer.cli.agent;

import dev.claudometer.agent.service.AgentConfig;
import dev.claudometer.app.config.ClaudeFiles;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.json.FlatJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How the peer's daemon, claude-usage-daemon, is set up on this machine.
///
/// @param homes where it looks, empty where that is a usual place
record PeerConfig(String server, String key, List<Path> homes, Duration interval) {

  /// The peer's settings, where there are some and they are wanted.
  static @Nullable PeerConfig offered(Surroundings surroundings, Dialogue questions) {
    PeerConfig found = found(surroundings);
    return found != null
            && questions.yes(
                "Take over the settings of claude-usage-daemon (" + found.server() + ")?")
        ? found
        : null;
  }

  /// The peer's settings, where there are some.
  static @Nullable PeerConfig found(Surroundings surroundings) {
    Path file =
        surroundings.userHome().resolve(".config").resolve("claude-usage-daemon/config.json");
    return Files.isReadable(file) ? read(surroundings, file) : null;
  }

  private static @Nullable PeerConfig read(Surroundings surroundings, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      Map<String, String> json = FlatJson.read(in);
      String server = json.getOrDefault("serverUrl", "");
      String key = json.getOrDefault("deviceApiKey", "");
      return server.isEmpty() || key.isEmpty()
          ? null
          : new PeerConfig(
              server,
              key,
              homes(surroundings, json.getOrDefault("claudeDir", "")),
              interval(json.getOrDefault("pushIntervalMs", "")));
    } catch (IOException unusable) {
      return null;
    }
  }

  private static List<Path> homes(Surroundings surroundings, String claudeDirectory) {
    if (claudeDirectory.isEmpty()) {
      return List.of();
    }
    Path home = Path.of(claudeDirectory);
    boolean usual = ClaudeFiles.search(List.of(), surroundings).lookedAt().contains(home);
    return usual ? List.of() : List.of(home);
  }

  private static Duration interval(String millis) {
    return millis.matches("[1-9][0-9]{0,7}")
        ? Duration.ofSeconds(Math.ceilDiv(Long.parseLong(millis), 1_000))
        : AgentConfig.USUAL_INTERVAL;
  }
}
