package dev.claudometer.cli;

import dev.claudometer.app.answer.Answering;
import dev.claudometer.app.config.LimitVariables;
import dev.claudometer.app.process.Surroundings;
import java.util.List;
import java.util.Set;

/// The command lines that a running process answers in the place of a new one.
final class Questions implements Answering {

  /// Whatever names one of these may change something, ask somebody else or take the terminal; a
  /// word that is an option's value is none, but then nothing is lost.
  private static final Set<String> NOT_ASKED =
      Set.of(
          "agent",
          "serve",
          "export",
          "backup",
          "restore",
          "import",
          "update",
          "live",
          "org",
          "--ask",
          "--database");

  @Override
  public boolean onlyAsks(Surroundings asker, List<String> arguments) {
    return arguments.stream().allMatch(Questions::onlyAsks)
        && homesAreAbsolute(arguments)
        && (!arguments.contains("limits") || LimitVariables.LIMITS.in(asker).isEmpty());
  }

  /// A file of arguments may hold anything. Help may be coloured, and knows the terminal itself.
  private static boolean onlyAsks(String argument) {
    return !NOT_ASKED.contains(argument)
        && !Commands.HELP.contains(argument)
        && !argument.startsWith("@")
        && !argument.startsWith("--ask=")
        && !argument.startsWith("--database=");
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
  public int run(Surroundings asker, List<String> arguments) {
    return Claudometer.run(asker, arguments.toArray(String[]::new));
  }
}
