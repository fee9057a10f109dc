package dev.claudometer.cli.install;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// What can be completed after some words: commands below, and options.
///
/// @param path the words, empty for the program itself
/// @param commands name → what it does, in one sentence
record Completed(List<String> path, Map<String, String> commands, List<OptionSpec> options) {

  /// Of the program and of all its commands. Older spellings (`claude:daily`) are left out.
  static List<Completed> all(CommandLine root) {
    List<Completed> all = new ArrayList<>();
    add(all, List.of(), root);
    return all;
  }

  private static void add(List<Completed> all, List<String> path, CommandLine line) {
    var commands = new LinkedHashMap<String, String>();
    var below = new ArrayList<Runnable>();
    line.getSubcommands()
        .forEach(
            (name, command) -> {
              if (!command.getCommandSpec().usageMessage().hidden()) {
                commands.put(name, sentence(command.getCommandSpec().usageMessage().description()));
                List<String> words = new ArrayList<>(path);
                words.add(name);
                below.add(() -> add(all, words, command));
              }
            });
    List<OptionSpec> options =
        line.getCommandSpec().options().stream().filter(option -> !option.hidden()).toList();
    all.add(new Completed(path, commands, options));
    below.forEach(Runnable::run);
  }

  /// The first sentence, without its end.
  static String sentence(String... description) {
    String text = Arrays.stream(description).findFirst().orElse("").replace('\n', ' ');
    int end = text.indexOf(". ");
    String first = end < 0 ? text : text.substring(0, end);
    return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
  }
}
