package dev.claudometer.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What we write is for its owner only, also where the umask lets everybody in and the directory
/// was made by somebody else.
@Tag("process")
@DisabledOnOs(OS.WINDOWS)
class FileModesTest {

  @TempDir private Path directory;
  private Path state;

  @Test
  void filesAreTheirOwnersWhateverTheUmask() throws Exception {
    state = Files.createDirectories(directory.resolve("state/claudometer"));
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path project = Files.createDirectories(directory.resolve("home/projects/-made-up"));
    Files.writeString(
        project.resolve("s.jsonl"),
        "{\"type\":\"assistant\",\"uuid\":\"u\",\"sessionId\":\"s\",\"requestId\":\"r\",\"timestamp\":\"2026-11-20T10:00:00Z\",\"message\":{\"id\":\"m\",\"model\":\"claude-opus-5\",\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}}\n");
    Process daily = start("daily", "--home", directory.resolve("home").toString());
    assertThat(daily.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(daily.exitValue()).isZero();
    Process server = start("serve", "--port", "0", "--home", directory.resolve("home").toString());
    try (var out = server.inputReader()) {
      assertThat(out.readLine()).contains("listens on");
      assertThat(out.readLine()).isNotNull();
      var modes = new TreeMap<String, String>();
      for (Path file : files()) {
        modes.put(
            state.relativize(file).toString(),
            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      }
      assertThat(modes).containsKeys("server.db", "server.db-wal", "server.db-shm");
      assertThat(modes.values()).as("%s", modes).containsOnly("rw-------");
    } finally {
      server.destroy();
      server.waitFor(120, TimeUnit.SECONDS);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(state)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private Process start(String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add("/bin/sh");
    command.add("-c");
    command.add("umask 000; exec \"$@\"");
    command.add("sh");
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("dev.claudometer.Main");
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("XDG_STATE_HOME", directory.resolve("state").toString());
    builder.environment().put("HOME", directory.toString());
    return builder.start();
  }
}
