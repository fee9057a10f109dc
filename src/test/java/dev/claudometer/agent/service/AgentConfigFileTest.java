package dev.claudometer.agent.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.claudometer.model.DeviceId;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentConfigFileTest {

  @TempDir private Path directory;

  private AgentConfigFile file() {
    return new AgentConfigFile(directory.resolve("claudometer/agent.properties"));
  }

  @Test
  void whatIsWrittenIsReadBackAndOnlyItsOwnerCanReadIt() throws Exception {
    var config =
        new AgentConfig(
            URI.create("https://claudometer.example/base"),
            "dk_1",
            new DeviceId("d_1"),
            "Ada's: = # \\ laptop\tü\nx",
            List.of(Path.of("/home/ada/a b"), Path.of("/home/ada/c:d")),
            Duration.ofSeconds(7));
    file().write(config);
    assertThat(file().read()).isEqualTo(config);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().path())))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(file().path().getParent())))
        .isEqualTo("rwx------");
    try (var left = Files.list(file().path().getParent())) {
      assertThat(left).containsExactly(file().path());
    }
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() throws Exception {
    Files.createDirectories(file().path().getParent());
    Files.writeString(
        file().path(),
        "server = ftp://x\nkey = \ndevice = a b\ninterval-seconds = soon\nsecret = 1\n");
    assertThatThrownBy(() -> file().read())
        .hasMessage(
            file().path()
                + ": there is no setting 'secret'; 'server' has to be a URL such as"
                + " https://claudometer.example; 'key' is missing; 'device' is not one word;"
                + " 'interval-seconds' has to be a number of seconds from 1 to 99999");
    Files.writeString(file().path(), "server = \\u12\n");
    assertThatThrownBy(() -> file().read()).hasMessageStartingWith("cannot read " + file().path());
  }

  @Test
  void keyIsNotInTheText() {
    var config =
        new AgentConfig(
            URI.create("https://x"),
            "dk_secret",
            new DeviceId("d"),
            "n",
            List.of(),
            AgentConfig.USUAL_INTERVAL);
    assertThat(config.toString()).doesNotContain("dk_secret");
  }
}
