package dev.claudometer.cli.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.app.agent.AgentFiles;
import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.Surroundings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `agent logs`: what the agent has said, the last line last.
@Command(
    name = "logs",
    description = "Show what the agent has logged.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class LogsCommand implements Callable<Integer> {

  private static final int PAUSE_MILLIS = 500;

  private final Surroundings surroundings;

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "N",
      defaultValue = "50",
      description = "The last N lines. Default: ${DEFAULT-VALUE}.")
  private int lines;

  @Option(
      names = {"-e", "--errors"},
      description = "Only warnings and errors.")
  private boolean errors;

  @Option(
      names = {"-f", "--follow"},
      description = "Follow what is added, until Ctrl-C.")
  private boolean follow;

  LogsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    AgentFiles files = AgentFiles.of(surroundings);
    if (!follow && !Files.exists(files.log())) {
      throw new Failed("there is no log yet: " + files.log() + " comes with the agent's start");
    }
    Deque<String> last = new ArrayDeque<>();
    for (Path file : List.of(files.olderLog(), files.log())) {
      collect(file, last);
    }
    last.forEach(surroundings.out()::println);
    surroundings.out().flush();
    if (follow) {
      follow(files.log());
    }
    return 0;
  }

  private void collect(Path file, Deque<String> last) {
    if (!Files.exists(file)) {
      return;
    }
    try (BufferedReader in = Files.newBufferedReader(file, UTF_8)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (wanted(line)) {
          last.addLast(line);
        }
        if (last.size() > Math.max(0, lines)) {
          last.removeFirst();
        }
      }
    } catch (IOException failure) {
      throw new Failed("cannot read " + file, failure);
    }
  }

  private boolean wanted(String line) {
    return !errors
        || line.contains(" " + AgentLog.WARNING + " ")
        || line.contains(" " + AgentLog.ERROR + " ");
  }

  /// Prints what is appended; a full log is moved aside, and a new one begins.
  private void follow(Path file) throws InterruptedException {
    long from = size(file);
    @Nullable Object identity = identity(file);
    while (!surroundings.out().checkError()) {
      Thread.sleep(PAUSE_MILLIS);
      if (!Objects.equals(identity, identity(file))) {
        identity = identity(file);
        from = 0;
      }
      from = print(file, from);
    }
  }

  private long print(Path file, long from) {
    long size = size(file);
    if (size <= from) {
      return from;
    }
    try (var in = Files.newInputStream(file)) {
      in.skipNBytes(from);
      String text = new String(in.readNBytes((int) Math.min(size - from, 1 << 20)), UTF_8);
      int end = text.lastIndexOf('\n') + 1;
      text.substring(0, end).lines().filter(this::wanted).forEach(surroundings.out()::println);
      return from + text.substring(0, end).getBytes(UTF_8).length;
    } catch (IOException rotatedMeanwhile) {
      return from;
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException absent) {
      return 0;
    }
  }

  private static @Nullable Object identity(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException absent) {
      return null;
    }
  }
}
