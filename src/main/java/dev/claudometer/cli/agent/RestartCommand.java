package dev.claudometer.cli.agent;

import dev.claudometer.app.agent.AgentFiles;
import dev.claudometer.app.answer.Answering;
import dev.claudometer.app.process.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `agent restart`: with the configuration as it is now.
@Command(
    name = "restart",
    description = "Stop the agent if it runs, and start it in the background.",
    mixinStandardHelpOptions = true)
final class RestartCommand implements Callable<Integer> {

  private final Surroundings surroundings;
  private final Answering answering;

  @Option(names = "--live", description = "Send every change at once.")
  private boolean live;

  RestartCommand(Surroundings surroundings, Answering answering) {
    this.surroundings = surroundings;
    this.answering = answering;
  }

  @Override
  public Integer call() throws InterruptedException {
    AgentFiles files = AgentFiles.of(surroundings);
    files.read();
    StopCommand.stop(files);
    var start = new StartCommand(surroundings, answering);
    start.live = live;
    return start.call();
  }
}
