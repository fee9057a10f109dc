package dev.claudometer.agent.service;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// How the system starts claude-usage-daemon, the agent of claude-code-prometheus.
///
/// @param name what the system calls it
/// @param stop commands that stop it for good, and delete nothing
public record DaemonService(String name, List<List<String>> stop) {

  private static final String PROGRAM = "claude-usage-daemon";
  private static final String LABEL = "com.davidilie.claude-usage-daemon";

  /// The user's units that start it. It writes none itself, so they may have any name.
  ///
  /// @param units `$XDG_CONFIG_HOME/systemd/user`
  public static List<DaemonService> systemd(Path units) {
    var found = new ArrayList<DaemonService>();
    if (Files.isDirectory(units)) {
      try (Stream<Path> files = Files.list(units)) {
        for (Path file : files.sorted().toList()) {
          String unit = file.getFileName().toString();
          if (unit.endsWith(".service") && starts(file)) {
            found.add(
                new DaemonService(
                    unit, List.of(List.of("systemctl", "--user", "disable", "--now", unit))));
          }
        }
      } catch (IOException unreadable) {
        return List.of();
      }
    }
    return found;
  }

  private static boolean starts(Path unit) throws IOException {
    return Files.isRegularFile(unit)
        && Files.readString(unit, ISO_8859_1)
            .lines()
            .anyMatch(line -> line.startsWith("ExecStart") && line.contains(PROGRAM));
  }

  /// The LaunchAgent that it installs; it would come back at the next log-in.
  ///
  /// @param agents `~/Library/LaunchAgents`
  /// @param user number of the user, such as `501`
  public static List<DaemonService> launchd(Path agents, String user) {
    if (!Files.exists(agents.resolve(LABEL + ".plist"))) {
      return List.of();
    }
    String service = "gui/" + user + "/" + LABEL;
    return List.of(
        new DaemonService(
            LABEL,
            List.of(
                List.of("launchctl", "disable", service),
                List.of("launchctl", "bootout", service))));
  }
}
