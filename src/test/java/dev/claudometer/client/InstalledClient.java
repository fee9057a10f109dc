package dev.claudometer.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.opentest4j.TestAbortedException;

/// Claude Code itself, of one version, as npm has it: below `target`, where it stays for the next
/// run. What it is has its checksum in `package-lock.json`; nothing of it is run but the client.
///
/// Whoever asks for it where it cannot be had is skipped, and told why.
@Tag("process")
final class InstalledClient {

  private static final Path LOCK = Path.of("src/test/resources/claude-code");
  private static final Path PLACE = Path.of("target/claude-code").toAbsolutePath();
  private static final long INSTALLING_SECONDS = 300;
  private static final long RUNNING_SECONDS = 240;

  /// Why it cannot be had; null where it can be, or was not tried.
  private static @Nullable TestAbortedException missing;

  private final Path program;

  /// What a process did.
  record Run(int code, String said) {}

  private InstalledClient(Path program) {
    this.program = program;
  }

  /// Each test is told the same: one whose class is skipped as a whole, Maven does not tell of.
  static synchronized InstalledClient get() throws IOException, InterruptedException {
    if (missing != null) {
      throw missing;
    }
    try {
      return there();
    } catch (TestAbortedException cannotBeHad) {
      missing = cannotBeHad;
      throw cannotBeHad;
    }
  }

  private static InstalledClient there() throws IOException, InterruptedException {
    Path there = program();
    if (there != null && new InstalledClient(there).starts()) {
      return new InstalledClient(there);
    }
    install();
    Path program = program();
    if (program == null) {
      return abort("npm has no Claude Code for this machine");
    }
    var client = new InstalledClient(program);
    return client.starts() ? client : abort("Claude Code does not start on this machine");
  }

  private boolean starts() throws IOException, InterruptedException {
    try {
      Run version = run(PLACE, Map.of("HOME", PLACE.toString()), List.of("--version"));
      return version.code() == 0 && version.said().contains(version());
    } catch (IOException noProgramOfThisMachine) {
      return false;
    }
  }

  /// Which is wanted.
  private static String version() throws IOException {
    return Files.readString(LOCK.resolve("package.json")).replaceAll("(?s).*: \"|\".*", "");
  }

  /// The platform's own package holds the program; null where it is not there.
  private static Path program() throws IOException {
    Path packages = PLACE.resolve("node_modules/@anthropic-ai");
    String lock = Files.readString(LOCK.resolve("package-lock.json"));
    Path installed = PLACE.resolve("package-lock.json");
    if (!Files.isDirectory(packages) || !Files.readString(installed).equals(lock)) {
      return null;
    }
    try (var files = Files.walk(packages, 3)) {
      return files
          .filter(file -> file.getFileName().toString().matches("claude(\\.exe)?"))
          .filter(file -> file.toString().contains("claude-code-"))
          .filter(Files::isRegularFile)
          .findFirst()
          .orElse(null);
    }
  }

  private static void install() throws IOException, InterruptedException {
    Files.createDirectories(PLACE);
    for (String file : List.of("package.json", "package-lock.json")) {
      Files.write(PLACE.resolve(file), Files.readAllBytes(LOCK.resolve(file)));
    }
    var npm =
        new ProcessBuilder(
            npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1");
    Run run;
    try {
      run = run(npm.directory(PLACE.toFile()), INSTALLING_SECONDS);
    } catch (IOException noNpm) {
      abort("npm is not installed: " + noNpm.getMessage());
      return;
    }
    if (run.code() != 0) {
      abort("npm cannot install Claude Code: " + run.said());
    }
  }

  private static String npm() {
    return File.separatorChar == '\\' ? "npm.cmd" : "npm";
  }

  /// Runs the client until it ends.
  Run run(Path directory, Map<String, String> environment, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    var client = new ProcessBuilder(command).directory(directory.toFile());
    client.environment().clear();
    client.environment().putAll(new TreeMap<>(environment));
    client.environment().put("PATH", System.getenv("PATH"));
    return run(client, RUNNING_SECONDS);
  }

  private static Run run(ProcessBuilder builder, long seconds)
      throws IOException, InterruptedException {
    Path said = Files.createTempFile("claude-code", ".out");
    try {
      Process process =
          builder
              .redirectInput(ProcessBuilder.Redirect.PIPE)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      process.getOutputStream().close();
      boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
      if (!ended) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
      String text = new String(Files.readAllBytes(said), UTF_8);
      return new Run(
          ended ? process.exitValue() : -1,
          ended ? text : "it has not ended within " + seconds + " s: " + text);
    } finally {
      Files.delete(said);
    }
  }
}
