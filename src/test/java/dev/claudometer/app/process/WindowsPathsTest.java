package dev.claudometer.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.claudometer.app.agent.AgentFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// On a file system with drives and backslashes, files are where Windows programs keep theirs.
class WindowsPathsTest {

  private final FileSystem windows = Jimfs.newFileSystem(Configuration.windows());

  @AfterEach
  void close() throws IOException {
    windows.close();
  }

  private Surroundings surroundings(Map<String, String> environment) {
    return new Surroundings(
        environment,
        windows.getPath("C:\\Users\\Ann Lee"),
        InputStream.nullInputStream(),
        new PrintStream(PrintStream.nullOutputStream()),
        new PrintStream(PrintStream.nullOutputStream()),
        InstantSource.system(),
        ZoneOffset.UTC,
        0,
        false);
  }

  private String state(Map<String, String> environment) {
    return StateDirectory.of(surroundings(environment)).path().toString();
  }

  @Test
  void storesAreInLocalAppData() {
    assertThat(state(Map.of("LOCALAPPDATA", "C:\\Users\\Ann Lee\\AppData\\Local")))
        .isEqualTo("C:\\Users\\Ann Lee\\AppData\\Local\\claudometer");
  }

  @Test
  void whatIsSaidExplicitlyWins() {
    assertThat(state(Map.of("LOCALAPPDATA", "C:\\local", "XDG_STATE_HOME", "D:\\state")))
        .isEqualTo("D:\\state\\claudometer");
  }

  @Test
  void withoutEitherTheyAreInTheHome() {
    assertThat(state(Map.of())).isEqualTo("C:\\Users\\Ann Lee\\.local\\state\\claudometer");
  }

  @Test
  void stateDirectoryIsMadeWhereThereAreNoPosixRights() {
    StateDirectory state = StateDirectory.of(surroundings(Map.of("LOCALAPPDATA", "C:\\local")));
    state.create();
    state.create();
    assertThat(Files.isDirectory(state.path())).isTrue();
  }

  @Test
  void agentIsSetUpInRoamingAppData() {
    AgentFiles files =
        AgentFiles.of(surroundings(Map.of("APPDATA", "C:\\roaming", "LOCALAPPDATA", "C:\\local")));
    assertThat(files.configDirectory()).hasToString("C:\\roaming\\claudometer");
    assertThat(files.logPattern()).isEqualTo("C:\\local\\claudometer\\agent-%g.log");
    assertThat(files.log()).hasToString("C:\\local\\claudometer\\agent-0.log");
  }

  @Test
  void variablesOfWindowsMeanNothingElsewhere() {
    var elsewhere =
        new Surroundings(
            Map.of("LOCALAPPDATA", "/local", "APPDATA", "/roaming"),
            Path.of("/home/ann"),
            InputStream.nullInputStream(),
            new PrintStream(PrintStream.nullOutputStream()),
            new PrintStream(PrintStream.nullOutputStream()),
            InstantSource.system(),
            ZoneOffset.UTC,
            0,
            false);
    assertThat(StateDirectory.of(elsewhere).path())
        .hasToString("/home/ann/.local/state/claudometer");
    assertThat(AgentFiles.configHome(elsewhere)).hasToString("/home/ann/.config");
  }
}
