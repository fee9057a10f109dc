package dev.claudometer.server.web;

import java.util.List;
import java.util.Locale;

/// What to run on a machine, so that it becomes a device.
public final class DeviceCommands {

  private static final String IN_CONTAINER =
      " --network host --user \"$(id -u):$(id -g)\" -v claudometer:/state ";

  private static final String SCRIPT = "curl -fsSL https://claudometer.dev/install.sh | sh";

  private DeviceCommands() {}

  /// The commands of one kind of machine.
  ///
  /// @param id tells them apart on a page
  /// @param install what brings the program there; empty where the text does
  /// @param chosen whether it is the reader's own kind
  public record Command(
      String id, String system, String install, String text, String hint, boolean chosen) {}

  /// For each kind of machine.
  ///
  /// @param code in force for some machines
  /// @param browser what the reader's browser says of itself
  static List<Command> of(String server, String code, String browser) {
    String setup = "setup --server " + server + " --code " + code;
    String here = "claudometer agent " + setup + " && claudometer agent install-service";
    String own = system(browser);
    return List.of(
        command(
            "linux",
            "Linux",
            SCRIPT,
            here,
            "A systemd user unit starts the agent at every log-in. Without systemd: claudometer"
                + " agent start.",
            own),
        command(
            "macos",
            "macOS",
            SCRIPT,
            here,
            "A LaunchAgent starts the agent at every log-in. Homebrew has it too: brew install"
                + " claudometer/tap/claudometer.",
            own),
        command(
            "windows",
            "Windows",
            "scoop install claudometer",
            "claudometer agent " + setup + "; if ($?) { claudometer agent install-service }",
            "In PowerShell. The Task Scheduler starts the agent at every log-in.",
            own),
        command("docker", "Docker", "", docker(setup), IMAGE, own));
  }

  private static final String IMAGE =
      "Build the image first: docker build -f deploy/docker/Dockerfile -t claudometer . The"
          + " transcripts of ~/.claude are only read; what the agent remembers is in the volume"
          + " “claudometer”.";

  private static String docker(String setup) {
    return "docker run --rm"
        + IN_CONTAINER
        + "claudometer agent "
        + setup
        + " && \\\ndocker run -d --restart unless-stopped --name claudometer-agent"
        + IN_CONTAINER
        + "-v \"$HOME/.claude:/claude:ro\" -e CLAUDE_CONFIG_DIR=/claude"
        + " claudometer agent start --foreground";
  }

  private static Command command(
      String id, String system, String install, String text, String hint, String own) {
    return new Command(id, system, install, text, hint, id.equals(own));
  }

  /// The kind of machine that a browser says it is on.
  private static String system(String browser) {
    String agent = browser.toLowerCase(Locale.ROOT);
    return agent.contains("windows")
        ? "windows"
        : agent.contains("mac os") || agent.contains("macintosh") ? "macos" : "linux";
  }
}
