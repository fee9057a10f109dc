package dev.claudometer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;

/// This build as it is installed: the launcher with a jar beside it, and a home of its own.
@Tag("process")
final class LaunchedProgram {

  /// What a launcher that starts a JVM ends with.
  static final int STARTED_A_JVM = 97;

  private final Path directory;
  private final Path launcher;
  private final Map<String, String> environment = new TreeMap<>();

  record Run(int code, String out, String err) {}

  LaunchedProgram(Path directory) throws IOException {
    this.directory = directory.toRealPath();
    Path bin = Files.createDirectories(this.directory.resolve("program/bin"));
    for (String file : List.of("claudometer", "ask.sh", "jdk.sh")) {
      Files.copy(Path.of("bin", file), bin.resolve(file));
    }
    Files.copy(Path.of("claudometer-statusline"), bin.resolveSibling("claudometer-statusline"));
    executable(bin.resolve("prepare"), "exit 1");
    jar(bin.resolve("claudometer.jar"));
    launcher = bin.resolve("claudometer");
    environment.put("HOME", home().toString());
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("TZ", "UTC");
    environment.put("CLAUDOMETER_OTLP_HTTP_PORT", "none");
    environment.put("CLAUDOMETER_OTLP_GRPC_PORT", "none");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
  }

  Path home() throws IOException {
    return Files.createDirectories(directory.resolve("home"));
  }

  Path launcher() {
    return launcher;
  }

  Path state() throws IOException {
    return home().resolve(".local/state/claudometer");
  }

  Path jar() {
    return launcher.resolveSibling("claudometer.jar");
  }

  Map<String, String> environment() {
    return environment;
  }

  /// A jar that names the classes of this build.
  private static void jar(Path file) throws IOException {
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "dev.claudometer.Main");
    manifest
        .getMainAttributes()
        .put(
            Attributes.Name.CLASS_PATH,
            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(part -> Path.of(part).toUri().toString())
                .collect(Collectors.joining(" ")));
    new JarOutputStream(Files.newOutputStream(file), manifest).close();
  }

  static void executable(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /// From now on who starts a JVM is found out.
  void withoutJava() throws IOException {
    Path jdk = directory.resolve("no jdk");
    Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25\"\n");
    executable(jdk.resolve("bin/java"), "cat; exit " + STARTED_A_JVM);
    environment.put("JAVA_HOME", jdk.toString());
    environment.put("XDG_CACHE_HOME", Files.createTempDirectory(directory, "cache").toString());
  }

  /// Starts an agent that has no server to send to, and waits until it answers.
  Process agent() throws IOException, InterruptedException {
    Path config = Files.createDirectories(home().resolve(".config/claudometer"));
    Files.writeString(
        config.resolve("agent.properties"), "server=http://127.0.0.1:1\nkey=k\ndevice=d\n");
    return start(List.of("agent", "start", "--foreground"));
  }

  /// Starts what runs on, and waits until it can be asked.
  Process start(List<String> arguments) throws IOException, InterruptedException {
    Process started = builder(arguments).start();
    for (int i = 0; i < 2_400 && !Files.exists(state().resolve("ask")); i++) {
      assertThat(started.isAlive()).isTrue();
      Thread.sleep(50);
    }
    return started;
  }

  private ProcessBuilder builder(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(arguments);
    return builder(command, environment)
        .redirectError(directory.resolve("err").toFile())
        .redirectOutput(directory.resolve("agent.out").toFile());
  }

  private static ProcessBuilder builder(List<String> command, Map<String, String> variables) {
    var builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(variables);
    return builder;
  }

  Run run(String input, List<String> arguments) throws IOException, InterruptedException {
    return run(Map.of(), input, arguments);
  }

  /// What a running process answers. Where it cannot say within two seconds that it has read
  /// everything, as on a machine that is busy, a JVM is started: then it is asked again.
  Run answer(Map<String, String> more, String input, List<String> arguments)
      throws IOException, InterruptedException {
    Run run = run(more, input, arguments);
    for (int i = 0; i < 100 && run.code() == STARTED_A_JVM; i++) {
      run = run(more, input, arguments);
    }
    return run;
  }

  Run run(Map<String, String> more, String input, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(arguments);
    return run(command, more, input);
  }

  Run run(List<String> command, Map<String, String> more, String input)
      throws IOException, InterruptedException {
    var variables = new TreeMap<>(environment);
    variables.putAll(more);
    Path err = Files.createTempFile(directory, "run", ".err");
    Process process = builder(command, variables).redirectError(err.toFile()).start();
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(UTF_8));
    }
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), out, Files.readString(err));
  }
}
