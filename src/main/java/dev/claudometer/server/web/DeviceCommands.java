package dev.claudometer.server.web;

import java.util.List;

/// What to run on a machine, so that it becomes a device.
public final class DeviceCommands {

  private static final String IN_CONTAINER =
      " --network host --user \"$(id -u):$(id -g)\" -v claudometer:/state ";

  private DeviceCommands() {}

  /// The commands of one kind of machine.
  ///
  /// @param id tells them apart on a page
  public record Command(String id, String system, String text, String hint) {}

  /// For each kind of machine.
  ///
  /// @param code in force once
  static List<Command> of(String server, String code) {
    String setup = "setup --server " + server + " --code " + code;
    String here = "claudometer agent " + setup + " && claudometer agent install-service";
    return List.of(
        new Command(
            "linux",
            "Linux",
            here,
            "A systemd user unit starts the agent at every log-in. Without systemd: claudometer agent"
                + " start."),
        new Command("macos", "macOS", here, "A LaunchAgent starts the agent at every log-in."),
        new Command(
            "docker",
            "Docker",
            "docker run --rm"
                + IN_CONTAINER
                + "claudometer agent "
                + setup
                + " && \\\ndocker run -d --restart unless-stopped --name claudometer-agent"
                + IN_CONTAINER
                + "-v \"$HOME/.claude:/claude:ro\" -e CLAUDE_CONFIG_DIR=/claude"
                + " claudometer agent start --foreground",
            "Build the image first: docker build -f deploy/docker/Dockerfile -t claudometer . The"
                + " transcripts of ~/.claude are only read; what the agent remembers is in the"
                + " volume “claudometer”."));
  }
}
