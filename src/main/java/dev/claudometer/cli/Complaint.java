package dev.claudometer.cli;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What is wrong with a command line, in words for whoever typed it.
final class Complaint {

  /// How picocli says that a value is no `NAME=VALUE`.
  private static final Pattern NO_PAIR = Pattern.compile("should be in KEY=VALUE.* but was (.*)$");

  /// How it says that one of several options has to be there.
  private static final String NONE_OF = "Missing required argument (specify one of these): ";

  private Complaint() {}

  /// One line.
  static String of(ParameterException wrong) {
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched);
    }
    String said = String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
    said = said.startsWith("Error: ") ? said.substring("Error: ".length()) : said;
    if (said.startsWith(NONE_OF)) {
      String options = said.substring(NONE_OF.length()).replaceAll("^\\(|\\)$", "");
      return wrong.getCommandLine().getCommandName() + " takes one of " + options;
    }
    Matcher noPair = NO_PAIR.matcher(said);
    ArgSpec argument = wrong.getArgSpec();
    return argument instanceof OptionSpec option && noPair.find()
        ? option.longestName() + " takes " + option.paramLabel() + ", not '" + noPair.group(1) + "'"
        : said;
  }

  private static String unmatched(UnmatchedArgumentException unmatched) {
    String word = "'" + unmatched.getUnmatched().getFirst() + "'";
    if (unmatched.isUnknownOption()) {
      return "there is no option " + word;
    }
    return unmatched.getCommandLine().getSubcommands().isEmpty()
        ? word + " is one argument too many"
        : "there is no command " + word;
  }

  /// Names that are close to the one that there is not; empty where none is.
  static String suggested(UnmatchedArgumentException unmatched) {
    List<String> close = unmatched.getSuggestions();
    return close.isEmpty() ? "" : "Did you mean: " + String.join(" or ", close) + "?";
  }
}
