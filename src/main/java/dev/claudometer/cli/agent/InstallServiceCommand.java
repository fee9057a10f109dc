package dev.claudometer.cli.agent;

import dev.claudometer.app.agent.AgentFiles;
import dev.claudometer.app.answer.Answering;
import dev.claudometer.app.process.Surroundings;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `agent install-service`: from now on the system starts the agent.
@Command(
    name = "install-service",
    description =
        "Let the system start the agent at log-in: a systemd user unit on Linux, a LaunchAgent on"
            + " macOS, a task of the Task Scheduler on Windows.",
    mixinStandardHelpOptions = true)
final class InstallServiceCommand implements Callable<Integer> {

  private final Surroundings surroundings;
  private final Answering answering;

  InstallServiceCommand(Surroundings surroundings, Answering answering) {
    this.surroundings = surroundings;
    this.answering = answering;
  }

  @Override
  public Integer call() throws InterruptedException {
    AgentFiles files = AgentFiles.of(surroundings);
    files.read();
    boolean wasRunning = StopCommand.stop(files);
    SystemService service = SystemService.of(surroundings);
    service.write();
    surroundings.out().println("Written: " + service.file().path());
    List<List<String>> failed = service.activate();
    if (failed.isEmpty()) {
      surroundings.out().println("The agent runs, and will after every log-in.");
      return 0;
    }
    surroundings
        .err()
        .println("claudometer: the system did not take it up; run, where your session can:");
    failed.forEach(command -> surroundings.err().println("  " + String.join(" ", command)));
    if (wasRunning) {
      new StartCommand(surroundings, answering).call();
    }
    return 1;
  }
}
