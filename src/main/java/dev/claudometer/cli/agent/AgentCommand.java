package dev.claudometer.cli.agent;

import dev.claudometer.app.answer.Answering;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.process.WrongUsage;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `agent`: sends this machine's usage to a server.
@Command(
    name = "agent",
    description = "Send this machine's usage to a server, exactly once, whatever breaks meanwhile.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class AgentCommand implements Callable<Integer> {

  private AgentCommand() {}

  /// The command with its verbs.
  ///
  /// @param answering what an agent that runs answers
  public static CommandLine of(Surroundings surroundings, Answering answering) {
    var line = new CommandLine(new AgentCommand());
    List.of(
            new SetupCommand(surroundings),
            new StartCommand(surroundings, answering),
            new StopCommand(surroundings),
            new RestartCommand(surroundings, answering),
            new StatusCommand(surroundings),
            new LogsCommand(surroundings),
            new TestCommand(surroundings),
            new ShowWireCommand(surroundings),
            new ResetCommand(surroundings),
            new InstallServiceCommand(surroundings, answering),
            new UninstallCommand(surroundings))
        .forEach(line::addSubcommand);
    return line;
  }

  @Override
  public Integer call() {
    throw new WrongUsage(
        "agent needs a verb, such as 'setup' or 'status' (see 'claudometer agent --help')");
  }
}
