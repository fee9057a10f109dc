package dev.claudometer.cli.install;

import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// Completion for fish: one line for each command and each option.
final class FishCompletion {

  private static final String FUNCTION =
      """
      # The words of the command line that are no options, and whether they begin with those given.
      function __claudometer_at
          set -l words (commandline -poc)
          set -l path
          for word in $words[2..-1]
              string match -q -- '-*' $word; or set -a path $word
          end
          test "$path" = "$argv"
      end
      complete -c claudometer -f
      """;

  private FishCompletion() {}

  static String of(CommandLine root) {
    var script = new StringBuilder(FUNCTION);
    for (Completed place : Completed.all(root)) {
      String line =
          "complete -c claudometer -n "
              + quoted(("__claudometer_at " + String.join(" ", place.path())).strip());
      place
          .commands()
          .forEach(
              (name, meaning) ->
                  script.append(line + " -a " + name + " -d " + quoted(meaning) + "\n"));
      place.options().forEach(option -> script.append(line + option(option) + "\n"));
    }
    return script.toString();
  }

  /// As ` -s j -l json -d '…'`; `-r` where a value has to follow, and `-F` where it is a file.
  private static String option(OptionSpec option) {
    var text = new StringBuilder();
    for (String name : option.names()) {
      text.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
    }
    if (option.arity().min() > 0) {
      text.append(Set.of("FILE", "DIR").contains(option.paramLabel()) ? " -r -F" : " -x");
    }
    return text + " -d " + quoted(Completed.sentence(option.description()));
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
