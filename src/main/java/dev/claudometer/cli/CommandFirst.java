package dev.claudometer.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Puts a command before its options, as picocli wants it: `--since 2026-10-20 daily` becomes
/// `daily --since 2026-10-20`. Without this, picocli would give the option to the root command, and
/// the report would not know of it.
final class CommandFirst {

  private CommandFirst() {}

  static List<String> arrange(CommandLine line, List<String> arguments) {
    int place = commandIn(arguments, line);
    if (place < 0) {
      return arguments;
    }
    List<String> rest = new ArrayList<>(arguments);
    String command = rest.remove(place);
    List<String> arranged = new ArrayList<>(List.of(command));
    arranged.addAll(arrange(Objects.requireNonNull(line.getSubcommands().get(command)), rest));
    return arranged;
  }

  /// Where a command stands, -1 for nowhere. `-i` takes a value in `session` and none in `daily`:
  /// so a word is a command where its own options lead up to it. Where other commands' options do,
  /// it is one too, and will complain of them.
  private static int commandIn(List<String> words, CommandLine line) {
    Map<String, CommandLine> commands = line.getSubcommands();
    for (int i = 0; i < words.size(); i++) {
      CommandLine command = commands.get(words.get(i));
      if (command != null && leadsTo(i, words, command)) {
        return i;
      }
    }
    return chains(line)
        .mapToInt(chain -> firstWord(words, chain))
        .filter(first -> first >= 0 && commands.containsKey(words.get(first)))
        .findFirst()
        .orElse(-1);
  }

  private static boolean leadsTo(int place, List<String> words, CommandLine command) {
    return chains(command).anyMatch(chain -> firstWord(words, chain) == place);
  }

  /// A command alone, and with each verb: whose options may stand together, a verb's before its
  /// command's.
  private static Stream<List<CommandSpec>> chains(CommandLine command) {
    List<CommandSpec> own = List.of(command.getCommandSpec());
    return Stream.concat(
        Stream.of(own),
        command.getSubcommands().values().stream()
            .flatMap(CommandFirst::chains)
            .map(verb -> Stream.concat(verb.stream(), own.stream()).toList()));
  }

  /// The first argument that is neither an option nor an option's value; -1 for none, or behind an
  /// option that is not known.
  private static int firstWord(List<String> words, List<CommandSpec> specs) {
    int i = 0;
    while (i < words.size() && words.get(i).startsWith("-")) {
      int values = valuesAfter(words.get(i), specs);
      if (values < 0) {
        return -1;
      }
      i += 1 + values;
    }
    return i < words.size() ? i : -1;
  }

  /// How many arguments behind an option belong to it, -1 where it is not known.
  private static int valuesAfter(String word, List<CommandSpec> specs) {
    OptionSpec whole = option(word, specs);
    if (whole != null) {
      return whole.arity().min();
    }
    int equals = word.indexOf('=');
    if (equals > 0 && option(word.substring(0, equals), specs) != null) {
      return 0;
    }
    return word.startsWith("--") ? -1 : valuesAfterLetters(word, specs);
  }

  /// `-jo` is `-j -o`, and `-odesc` is `-o desc`.
  private static int valuesAfterLetters(String word, List<CommandSpec> specs) {
    for (int i = 1; i < word.length(); i++) {
      OptionSpec one = option("-" + word.charAt(i), specs);
      if (one == null) {
        return -1;
      }
      if (one.arity().min() > 0) {
        return i == word.length() - 1 ? one.arity().min() : 0;
      }
    }
    return 0;
  }

  private static @Nullable OptionSpec option(String name, List<CommandSpec> specs) {
    for (CommandSpec spec : specs) {
      OptionSpec option = spec.findOption(name);
      if (option != null) {
        return option;
      }
    }
    return null;
  }
}
