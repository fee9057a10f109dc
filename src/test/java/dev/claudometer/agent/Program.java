package dev.claudometer.agent;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;

/// The program itself, as a process with a home of its own, which is killed and started again.
@Tag("process")
final class Program implements AutoCloseable {

  private static final List<String> JAVA =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xshare:auto",
          "-Xmx160m",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-cp");

  private final Path home;
  private String classPath;
  private final List<String> arguments;
  private final Consumer<String> lines;
  private final Map<String, String> more;
  private @Nullable Process process;

  /// @param classPath of which build
  /// @param more variables of its environment
  /// @param lines is handed what it prints
  Program(
      Path home,
      String classPath,
      List<String> arguments,
      Map<String, String> more,
      Consumer<String> lines)
      throws IOException {
    this.more = more;
    this.home = Files.createDirectories(home);
    this.classPath = classPath;
    this.arguments = arguments;
    this.lines = lines;
  }

  /// This build, wherever a process runs.
  static String thisBuild() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(part -> Path.of(part).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /// From its next start on it is another build.
  void install(String build) {
    classPath = build;
  }

  void start() throws IOException {
    List<String> command = new ArrayList<>(JAVA);
    command.add(classPath);
    command.add("dev.claudometer.Main");
    command.addAll(arguments);
    var builder =
        new ProcessBuilder(command)
            .redirectError(Redirect.appendTo(home.resolve("err").toFile()))
            .directory(home.toFile());
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of(
                "HOME", home.toString(),
                "PATH", "/usr/bin:/bin",
                "LC_ALL", "C.UTF-8",
                "TZ", "UTC",
                "CLAUDOMETER_OTLP_HTTP_PORT", "none",
                "CLAUDOMETER_OTLP_GRPC_PORT", "none"));
    builder.environment().putAll(more);
    Process started = builder.start();
    process = started;
    Thread.ofVirtual().start(() -> read(started.inputReader()));
  }

  private void read(BufferedReader out) {
    try (out) {
      out.lines().forEach(lines);
    } catch (IOException | UncheckedIOException killed) {
      // what it has not said it says at its next start
    }
  }

  boolean alive() {
    return process != null && process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /// As `kill -9` does.
  void kill() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
  }

  /// Stands still for a while, as a laptop does whose lid is closed.
  void pause(Duration length) throws IOException, InterruptedException {
    signal("-STOP");
    Thread.sleep(length);
    signal("-CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", name, Long.toString(pid())).start().waitFor();
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  /// What it has complained about.
  String complaints() throws IOException {
    return Files.readString(home.resolve("err"));
  }
}
