package dev.claudometer.agent.service;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How the system starts the agent when its user logs in.
///
/// @param path where the system looks for it
/// @param content of the file
/// @param activate commands that make the system take it up, and start the agent
/// @param deactivate commands that stop the agent, before the file goes
public record ServiceFile(
    Path path, String content, List<List<String>> activate, List<List<String>> deactivate) {

  private static final String UNIT = "claudometer-agent.service";
  private static final String TASK = "Claudometer agent";
  private static final String LABEL = "dev.claudometer.agent";

  /// A systemd unit of the user.
  ///
  /// @param units `$XDG_CONFIG_HOME/systemd/user`
  /// @param command that runs the agent in the foreground
  /// @param environment that it needs
  public static ServiceFile systemd(
      Path units, List<String> command, Map<String, String> environment) {
    String lines =
        new TreeMap<>(environment)
            .entrySet().stream()
                .map(each -> "Environment=" + systemd(each.getKey() + "=" + each.getValue()) + "\n")
                .collect(Collectors.joining());
    String content =
        """
        [Unit]
        Description=Claudometer agent: sends the usage of Claude Code on this machine to a server

        [Service]
        Type=exec
        ExecStart=%s
        %sRestart=on-failure
        RestartSec=10
        Nice=10
        NoNewPrivileges=true
        UMask=0077

        [Install]
        WantedBy=default.target
        """
            .formatted(
                command.stream().map(ServiceFile::argument).collect(Collectors.joining(" ")),
                lines);
    return new ServiceFile(
        units.resolve(UNIT),
        content,
        List.of(
            List.of("systemctl", "--user", "daemon-reload"),
            List.of("systemctl", "--user", "enable", "--now", UNIT)),
        List.of(List.of("systemctl", "--user", "disable", "--now", UNIT)));
  }

  /// In a command line, `$` would be a variable.
  private static String argument(String text) {
    return systemd(text).replace("$", "$$");
  }

  /// Quoted as systemd reads it; `%` would be a specifier.
  private static String systemd(String text) {
    String escaped =
        text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("%", "%%");
    return "\"" + escaped + "\"";
  }

  /// A LaunchAgent of macOS.
  ///
  /// @param agents `~/Library/LaunchAgents`
  /// @param command that runs the agent in the foreground
  /// @param environment that it needs
  /// @param user number of the user, as `501`
  public static ServiceFile launchd(
      Path agents, List<String> command, Map<String, String> environment, String user) {
    String arguments =
        command.stream()
            .map(argument -> "    <string>" + xml(argument) + "</string>\n")
            .collect(Collectors.joining());
    String variables =
        new TreeMap<>(environment)
            .entrySet().stream()
                .map(
                    each ->
                        "    <key>"
                            + xml(each.getKey())
                            + "</key>\n    <string>"
                            + xml(each.getValue())
                            + "</string>\n")
                .collect(Collectors.joining());
    String content =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
        <plist version="1.0">
        <dict>
          <key>Label</key>
          <string>%s</string>
          <key>ProgramArguments</key>
          <array>
        %s  </array>
          <key>EnvironmentVariables</key>
          <dict>
        %s  </dict>
          <key>RunAtLoad</key>
          <true/>
          <key>KeepAlive</key>
          <dict>
            <key>SuccessfulExit</key>
            <false/>
          </dict>
          <key>ProcessType</key>
          <string>Background</string>
          <key>LowPriorityIO</key>
          <true/>
        </dict>
        </plist>
        """
            .formatted(LABEL, arguments, variables);
    Path path = agents.resolve(LABEL + ".plist");
    String domain = "gui/" + user;
    return new ServiceFile(
        path,
        content,
        List.of(List.of("launchctl", "bootstrap", domain, path.toString())),
        List.of(List.of("launchctl", "bootout", domain + "/" + LABEL)));
  }

  /// A task of Windows's Task Scheduler.
  ///
  /// @param directory where its description is kept
  /// @param command that runs the agent in the foreground
  /// @param user at whose log-in it starts, by name
  public static ServiceFile taskScheduler(Path directory, List<String> command, String user) {
    String arguments =
        command.stream().skip(1).map(ServiceFile::windowsArgument).collect(Collectors.joining(" "));
    String content =
        """
        <?xml version="1.0"?>
        <Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
          <RegistrationInfo>
            <Description>Claudometer agent: sends the usage of Claude Code on this machine to a server</Description>
          </RegistrationInfo>
          <Triggers>
            <LogonTrigger>
              <UserId>%1$s</UserId>
            </LogonTrigger>
          </Triggers>
          <Principals>
            <Principal id="Author">
              <UserId>%1$s</UserId>
              <LogonType>InteractiveToken</LogonType>
              <RunLevel>LeastPrivilege</RunLevel>
            </Principal>
          </Principals>
          <Settings>
            <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
            <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
            <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
            <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
            <Hidden>true</Hidden>
            <Priority>7</Priority>
            <RestartOnFailure>
              <Interval>PT1M</Interval>
              <Count>999</Count>
            </RestartOnFailure>
          </Settings>
          <Actions Context="Author">
            <Exec>
              <Command>%2$s</Command>
              <Arguments>%3$s</Arguments>
            </Exec>
          </Actions>
        </Task>
        """
            .formatted(ascii(user), ascii(command.getFirst()), ascii(arguments));
    Path path = directory.resolve("agent-task.xml");
    return new ServiceFile(
        path,
        content,
        List.of(
            List.of("schtasks", "/Create", "/F", "/TN", TASK, "/XML", path.toString()),
            List.of("schtasks", "/Run", "/TN", TASK)),
        List.of(
            List.of("schtasks", "/End", "/TN", TASK),
            List.of("schtasks", "/Delete", "/F", "/TN", TASK)));
  }

  /// Quoted as a Windows program takes its command line apart: a quote is `\"`, and backslashes
  /// before one are doubled.
  private static String windowsArgument(String text) {
    if (text.matches("[^\\s\"]+")) {
      return text;
    }
    String escaped = text.replaceAll("(\\\\*)\"", "$1$1\\\\\"").replaceAll("(\\\\+)$", "$1$1");
    return "\"" + escaped + "\"";
  }

  /// schtasks reads files in the system's code page: what is beyond ASCII goes by its number.
  private static String ascii(String text) {
    return xml(text)
        .codePoints()
        .mapToObj(point -> point < 128 ? Character.toString(point) : "&#" + point + ";")
        .collect(Collectors.joining());
  }

  private static String xml(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
