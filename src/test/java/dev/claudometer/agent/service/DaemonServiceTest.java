package dev.claudometer.agent.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonServiceTest {

  @TempDir private Path directory;

  @Test
  void unitsThatStartTheDaemonAreFoundByWhatTheyStart() throws Exception {
    Files.writeString(
        directory.resolve("usage.service"),
        "[Service]\nExecStart=/usr/local/bin/claude-usage-daemon start -f\n");
    Files.writeString(
        directory.resolve("other.service"),
        "[Unit]\nDescription=beside claude-usage-daemon\n[Service]\nExecStart=/bin/true\n");
    Files.writeString(directory.resolve("usage.timer"), "ExecStart=claude-usage-daemon\n");
    assertThat(DaemonService.systemd(directory))
        .containsExactly(
            new DaemonService(
                "usage.service",
                List.of(List.of("systemctl", "--user", "disable", "--now", "usage.service"))));
    assertThat(DaemonService.systemd(directory.resolve("none"))).isEmpty();
  }

  /// `bootout` alone holds until the next log-in.
  @Test
  void launchAgentIsDisabledAndStopped() throws Exception {
    assertThat(DaemonService.launchd(directory, "501")).isEmpty();
    Files.writeString(directory.resolve("com.davidilie.claude-usage-daemon.plist"), "<plist/>");
    assertThat(DaemonService.launchd(directory, "501").getFirst().stop())
        .containsExactly(
            List.of("launchctl", "disable", "gui/501/com.davidilie.claude-usage-daemon"),
            List.of("launchctl", "bootout", "gui/501/com.davidilie.claude-usage-daemon"));
  }
}
