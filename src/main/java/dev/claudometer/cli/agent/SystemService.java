package dev.claudometer.cli.agent;

import dev.claudometer.agent.service.ServiceFile;
import dev.claudometer.app.agent.AgentFiles;
import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The system's service that starts the agent.
record SystemService(Surroundings surroundings, ServiceFile file) {

  /// The one for this system.
  ///
  /// @throws Failed where services are not known
  static SystemService of(Surroundings surroundings) {
    String system = System.getProperty("os.name", "");
    if (system.startsWith("Mac")) {
      return new SystemService(
          surroundings,
          ServiceFile.launchd(
              surroundings.userHome().resolve("Library").resolve("LaunchAgents"),
              LaunchCommand.agent(surroundings, false),
              LaunchCommand.environment(surroundings),
              userNumber(surroundings.userHome())));
    }
    if (system.startsWith("Linux")) {
      return new SystemService(
          surroundings,
          ServiceFile.systemd(
              AgentFiles.configHome(surroundings).resolve("systemd").resolve("user"),
              LaunchCommand.agent(surroundings, false),
              LaunchCommand.environment(surroundings)));
    }
    if (system.startsWith("Windows")) {
      return new SystemService(
          surroundings,
          ServiceFile.taskScheduler(
              AgentFiles.configHome(surroundings).resolve("claudometer"),
              LaunchCommand.agent(surroundings, false),
              System.getProperty("user.name", "")));
    }
    throw new Failed("there is no service for " + system + ": let it run 'agent start' at log-in");
  }

  static String userNumber(Path home) {
    try {
      return Files.getAttribute(home, "unix:uid").toString();
    } catch (IOException failure) {
      throw new Failed("cannot find out whose home " + home + " is", failure);
    }
  }

  boolean exists() {
    return Files.exists(file.path());
  }

  void write() {
    try {
      Files.createDirectories(file.path().getParent());
      Files.writeString(file.path(), file.content());
    } catch (IOException failure) {
      throw new Failed("cannot write " + file.path(), failure);
    }
  }

  /// Makes the system take the file up.
  ///
  /// @return the commands that did not work, empty where all did
  List<List<String>> activate() {
    return run(file.activate());
  }

  /// Stops the service and removes its file.
  void remove() {
    run(file.deactivate());
    try {
      Files.deleteIfExists(file.path());
      @Nullable Path made = file.path().getParent();
      for (int i = 0; i < 2 && made != null; i++) {
        AgentFiles.deleteIfEmpty(made);
        made = made.getParent();
      }
    } catch (IOException failure) {
      throw new Failed("cannot delete " + file.path(), failure);
    }
  }

  private List<List<String>> run(List<List<String>> commands) {
    return new SystemCommand(surroundings).failing(commands);
  }
}
