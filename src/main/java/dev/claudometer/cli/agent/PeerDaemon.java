package dev.claudometer.cli.agent;

import dev.claudometer.agent.service.AgentConfigFile;
import dev.claudometer.agent.service.DaemonService;
import dev.claudometer.app.agent.AgentFiles;
import dev.claudometer.app.process.Surroundings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// The daemon of claude-code-prometheus, where this machine has it. Beside our agent it would go on
/// sending the same usage to the same server, in its own, less exact way.
record PeerDaemon(Surroundings surroundings, PeerConfig config) {

  /// Says that it is there; where it sends to this server, stops what starts it.
  static void giveWay(Surroundings surroundings, URI server) {
    PeerConfig config = PeerConfig.found(surroundings);
    if (config != null) {
      new PeerDaemon(surroundings, config).giveWay(server);
    }
  }

  private void giveWay(URI server) {
    if (!isSentTo(server)) {
      warn(
          "claude-usage-daemon keeps sending this machine's usage to "
              + config.server()
              + ". To end that: claude-usage-daemon uninstall");
      return;
    }
    List<String> stopped = new ArrayList<>();
    List<String> left = new ArrayList<>();
    for (DaemonService service : services()) {
      List<List<String>> failing = new SystemCommand(surroundings).failing(service.stop());
      stopped.addAll(failing.isEmpty() ? List.of(service.name()) : List.of());
      failing.forEach(command -> left.add(String.join(" ", command)));
    }
    if (!stopped.isEmpty()) {
      surroundings
          .out()
          .println(
              "Stopped, since this agent takes its place: "
                  + String.join(", ", stopped)
                  + ". To remove it: claude-usage-daemon uninstall");
    }
    if (stopped.isEmpty() || !left.isEmpty()) {
      left.add("claude-usage-daemon uninstall");
      warn(
          "claude-usage-daemon sends this machine's usage to the same server: stop it before you"
              + " start this agent, with "
              + String.join("; ", left));
    }
  }

  private boolean isSentTo(URI server) {
    URI its = AgentConfigFile.serverOrNull(config.server());
    return its != null
        && server.getHost().equalsIgnoreCase(its.getHost())
        && server.getPort() == its.getPort();
  }

  private List<DaemonService> services() {
    String system = System.getProperty("os.name", "");
    return system.startsWith("Mac")
        ? DaemonService.launchd(
            surroundings.userHome().resolve("Library").resolve("LaunchAgents"),
            SystemService.userNumber(surroundings.userHome()))
        : DaemonService.systemd(
            AgentFiles.configHome(surroundings).resolve("systemd").resolve("user"));
  }

  private void warn(String message) {
    surroundings.err().println("claudometer: " + message);
  }
}
