package dev.claudometer.cli.agent;

import dev.claudometer.app.agent.AgentFiles;
import dev.claudometer.app.process.Surroundings;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;

/// `agent stop`: what was not sent yet is sent after the next start.
@Command(
    name = "stop",
    description = "Stop the agent. What was not sent yet is sent after the next start.",
    mixinStandardHelpOptions = true)
final class StopCommand implements Callable<Integer> {

  private static final int PATIENCE_SECONDS = 10;

  private final Surroundings surroundings;

  StopCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    boolean stopped = stop(AgentFiles.of(surroundings));
    surroundings.out().println(stopped ? "The agent has stopped." : "No agent runs.");
    return 0;
  }

  /// Stops the agent, after a while by force: it loses nothing by that.
  ///
  /// @return false where none was running
  static boolean stop(AgentFiles files) throws InterruptedException {
    ProcessHandle running = files.running();
    if (running == null) {
      return false;
    }
    running.destroy();
    if (!ends(running)) {
      running.destroyForcibly();
      ends(running);
    }
    return true;
  }

  private static boolean ends(ProcessHandle process) throws InterruptedException {
    try {
      process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException stillThere) {
      return false;
    } catch (ExecutionException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
