package dev.claudometer.cli;

import dev.claudometer.app.answer.Answering;
import dev.claudometer.app.config.LimitVariables;
import dev.claudometer.app.process.Surroundings;
import java.util.List;
import java.util.Set;

/// The command lines that a running process answers in the place of a new one.
final class AnsweredCommands implements Answering {

  /// How ccusage's older versions spell a prefix.
  private static final String CLAUDE = "claude:";

  /// What else changes nothing, asks nobody else and does not take the terminal.
  private static final Set<String> BESIDES =
      Set.of("statusline", "limits", "explain", "doctor", "verify", "prices", "claude");

  /// Verbs and options of such a command that do more.
  private static final Set<String> MORE = Set.of("update", "--ask", "--database");

  @Override
  public boolean onlyAsks(Surroundings asker, List<String> arguments) {
    return arguments.stream().allMatch(AnsweredCommands::onlyAsks)
        && homesAreAbsolute(arguments)
        && (!arguments.contains("limits") || LimitVariables.LIMITS.in(asker).isEmpty());
  }

  /// A command line that names any other command is not answered, also where the word is meant as
  /// an option's value. A file of arguments may hold anything. Help may be coloured, and knows the
  /// terminal itself.
  private static boolean onlyAsks(String argument) {
    return (asks(argument) || !Commands.ALL.containsKey(argument))
        && !MORE.contains(argument)
        && !Commands.HELP.contains(argument)
        && !argument.startsWith("@")
        && !argument.startsWith("--ask=")
        && !argument.startsWith("--database=");
  }

  private static boolean asks(String word) {
    String command = word.startsWith(CLAUDE) ? word.substring(CLAUDE.length()) : word;
    return ReportNames.OF_THE_STORE.contains(command) || BESIDES.contains(command);
  }

  /// A process of its own may run in another directory.
  private static boolean homesAreAbsolute(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      boolean next = argument.equals("--home") && i + 1 < arguments.size();
      if ((next && !arguments.get(i + 1).startsWith("/"))
          || (argument.startsWith("--home=") && !argument.startsWith("--home=/"))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean ofTheStore(List<String> arguments) {
    return arguments.stream()
        .allMatch(
            word -> ReportNames.OF_THE_STORE.contains(word) || !Commands.ALL.containsKey(word));
  }

  @Override
  public int run(Surroundings asker, List<String> arguments) {
    return Claudometer.run(asker, arguments.toArray(String[]::new));
  }
}
