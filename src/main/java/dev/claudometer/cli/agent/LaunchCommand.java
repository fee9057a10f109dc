package dev.claudometer.cli.agent;

import dev.claudometer.app.config.LauncherVariables;
import dev.claudometer.app.config.PlaceVariables;
import dev.claudometer.app.config.ServerVariables;
import dev.claudometer.app.config.Variable;
import dev.claudometer.app.process.Surroundings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How this Claudometer is started again, in another process.
final class LaunchCommand {

  /// What decides where an agent looks, listens and keeps its files.
  private static final List<Variable> VARIABLES =
      List.of(
          PlaceVariables.CLAUDE_CONFIG_DIR,
          PlaceVariables.JAVA_HOME,
          PlaceVariables.PATH,
          PlaceVariables.TZ,
          PlaceVariables.XDG_CACHE_HOME,
          PlaceVariables.XDG_CONFIG_HOME,
          PlaceVariables.XDG_STATE_HOME,
          ServerVariables.OTLP_HTTP_PORT,
          ServerVariables.OTLP_GRPC_PORT);

  private LaunchCommand() {}

  /// The command that runs an agent in the foreground. The launcher says where it is in
  /// `CLAUDOMETER_LAUNCHER`; without it, this JVM's own command is used.
  static List<String> agent(Surroundings surroundings, boolean live) {
    String launcher = LauncherVariables.LAUNCHER.in(surroundings);
    List<String> command = new ArrayList<>(launcher.isEmpty() ? java() : launch(launcher));
    command.addAll(List.of("agent", "start", "--foreground"));
    if (live) {
      command.add("--live");
    }
    return command;
  }

  /// PowerShell runs no script by its name alone, and would show a window.
  static List<String> launch(String launcher) {
    return launcher.endsWith(".ps1")
        ? List.of(
            "powershell.exe",
            "-NoProfile",
            "-WindowStyle",
            "Hidden",
            "-ExecutionPolicy",
            "Bypass",
            "-File",
            launcher)
        : List.of(launcher);
  }

  private static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmx96m",
        "-XX:-UsePerfData",
        "-XX:+ExitOnOutOfMemoryError",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-cp",
        System.getProperty("java.class.path", ""),
        "dev.claudometer.Main");
  }

  /// The environment that a service gives the agent.
  static Map<String, String> environment(Surroundings surroundings) {
    var environment = new LinkedHashMap<String, String>();
    for (Variable variable : VARIABLES) {
      String value = variable.in(surroundings);
      if (!value.isEmpty()) {
        environment.put(variable.name(), value);
      }
    }
    return environment;
  }
}
