package dev.claudometer.cli.agent;

import dev.claudometer.agent.service.AgentConfig;
import dev.claudometer.agent.service.AgentStatus;
import dev.claudometer.app.agent.AgentFiles;
import dev.claudometer.app.process.Surroundings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `agent status`: whether it runs, and whether the server has everything.
@Command(
    name = "status",
    description = "Say whether the agent runs and what waits. Exit code 1 where none runs.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Option(
      names = {"-v", "--verbose"},
      description = "Name the files, too.")
  private boolean verbose;

  StatusCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    AgentFiles files = AgentFiles.of(surroundings);
    AgentConfig config = files.read();
    ProcessHandle running = files.running();
    line("Agent", running == null ? "does not run" : "runs (process " + running.pid() + ")");
    line("Server", config.server() + (config.name().isEmpty() ? "" : " as " + config.name()));
    AgentStatus status = AgentStatus.read(files.status());
    if (status != null) {
      print(status);
    }
    new DataAtRisk(surroundings, files, config).lines().forEach(this::line);
    if (verbose) {
      paths(files, config);
    }
    return running == null ? 1 : 0;
  }

  private void print(AgentStatus status) {
    line(
        "Transcripts",
        status.syncedAt() == null
            ? "are being read for the first time"
            : String.format(Locale.ROOT, "%,d, read %s", status.files(), ago(status.syncedAt())));
    line("Delivered", status.deliveredAt() == null ? "never" : ago(status.deliveredAt()));
    line(
        "Waiting",
        status.waiting() == 0
            ? "nothing"
            : String.format(Locale.ROOT, "%,d elements", status.waiting()));
    if (!status.unstored().isEmpty()) {
      line("Not stored", status.unstored());
    }
    if (!status.problem().isEmpty()) {
      line("Problem", status.problem() + " (" + status.failures() + " times in a row)");
    }
  }

  private void paths(AgentFiles files, AgentConfig config) {
    line("Configuration", files.config().path().toString());
    line("Local store", files.store(surroundings, config).toString());
    line("Log", files.log().toString());
    line("Lock", files.lock().toString());
    List<Path> places = AgentFiles.search(surroundings, config).lookedAt();
    line("Looks in", places.stream().map(Path::toString).collect(Collectors.joining(", ")));
    line("Sends every", config.interval().toSeconds() + " s, or 500 elements");
  }

  private void line(String name, @Nullable String value) {
    PrintStream out = surroundings.out();
    out.printf(Locale.ROOT, "%-14s %s%n", name + ":", value);
  }

  private String ago(Instant at) {
    Duration age = Duration.between(at, surroundings.clock().instant());
    if (age.toMinutes() < 2) {
      return Math.max(0, age.toSeconds()) + " s ago";
    }
    return age.toHours() < 2 ? age.toMinutes() + " min ago" : at.toString();
  }
}
