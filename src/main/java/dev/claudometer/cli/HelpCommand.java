package dev.claudometer.cli;

import dev.claudometer.app.process.Exit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// `help`: what `--help` says.
@Command(
    name = "help",
    description = "Show the help of a command: 'claudometer help export local'.",
    mixinStandardHelpOptions = true,
    helpCommand = true)
final class HelpCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The command and its verb.")
  private List<String> path = new ArrayList<>();

  @Override
  public Integer call() {
    CommandLine line = spec.parent().commandLine();
    for (String word : path) {
      CommandLine below = line.getSubcommands().get(word);
      if (below == null) {
        throw new UnmatchedArgumentException(line, List.of(word));
      }
      line = below;
    }
    line.usage(spec.commandLine().getOut());
    return Exit.DONE;
  }
}
