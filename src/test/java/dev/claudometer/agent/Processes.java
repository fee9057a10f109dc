package dev.claudometer.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;

/// Starts classes of this build as processes of their own.
@Tag("process")
final class Processes {

  private Processes() {}

  /// Starts a class, and waits until it has printed its first line.
  static Started start(String mainClass, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
    BufferedReader out = process.inputReader();
    return new Started(process, String.valueOf(out.readLine()));
  }

  /// A process with the first line that it has printed.
  record Started(Process process, String line) {}
}
