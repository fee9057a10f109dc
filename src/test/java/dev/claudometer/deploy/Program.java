package dev.claudometer.deploy;

import dev.claudometer.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;

/// The program of this build as a process of its own, in an environment of its own.
@Tag("process")
final class Program implements AutoCloseable {

  private final Process process;
  private final Path log;

  private Program(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /// Starts it; what it says goes to a file beside the directory.
  ///
  /// @param directory its home, with its state
  static Program start(Path directory, Map<String, String> environment, List<String> arguments) {
    List<String> command = new ArrayList<>(java());
    command.addAll(arguments);
    Path log = directory.resolveSibling(directory.getFileName() + ".log");
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(Redirect.to(log.toFile()));
    Map<String, String> own = new LinkedHashMap<>(environment);
    own.put("HOME", directory.toString());
    own.put("XDG_STATE_HOME", directory.toString());
    builder.environment().clear();
    builder.environment().putAll(own);
    try {
      Files.createDirectories(directory);
      return new Program(builder.start(), log);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// What stands before its arguments.
  static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName());
  }

  static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  long pid() {
    return process.pid();
  }

  /// All that it has said.
  String said() throws IOException {
    return Files.readString(log);
  }

  /// Waits until it has ended by itself.
  void join() {
    process.onExit().join();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
