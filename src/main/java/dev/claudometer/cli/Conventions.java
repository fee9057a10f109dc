package dev.claudometer.cli;

import dev.claudometer.cli.options.PrintedVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TraceLevel;
import picocli.CommandLine.TypeConversionException;

/// What holds for every command and every option.
final class Conventions {

  private Conventions() {}

  static void apply(CommandLine line) {
    // a project's name begins with a dash
    line.setAllowOptionsAsOptionParameters(true);
    // and may be that of a command
    line.setAllowSubcommandsAsOptionParameters(true);
    line.setUsageHelpAutoWidth(false);
    // the last one counts: what a person adds to an alias
    line.setOverwrittenOptionsAllowed(true);
    CommandLine.tracer().setLevel(TraceLevel.OFF);
    below(line);
  }

  private static void below(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    spec.versionProvider(new PrintedVersion());
    OptionSpec version = spec.findOption("--version");
    if (version != null && spec.findOption("-v") == null) {
      replace(spec, version, version.toBuilder().names("-v", "-V", "--version").build());
    }
    spec.args().stream()
        .flatMap(arg -> Arrays.stream(arg.auxiliaryTypes()))
        .filter(Class::isEnum)
        .forEach(type -> register(line, type));
    line.registerConverter(int.class, whole());
    line.registerConverter(Integer.class, whole());
    line.registerConverter(double.class, number());
    for (Map.Entry<String, CommandLine> sub : line.getSubcommands().entrySet()) {
      // an older spelling is understood, not recommended
      sub.getValue().getCommandSpec().usageMessage().hidden(sub.getKey().contains(":"));
      below(sub.getValue());
    }
  }

  /// In its place: a command that is a method takes its arguments from the places of its options.
  private static void replace(CommandSpec spec, OptionSpec old, OptionSpec other) {
    List<ArgSpec> all = List.copyOf(spec.args());
    List<ArgSpec> later = all.subList(all.indexOf(old), all.size());
    later.forEach(spec::remove);
    spec.addOption(other);
    later.stream().skip(1).forEach(spec::add);
  }

  private static ITypeConverter<Integer> whole() {
    return text -> {
      if (!text.matches("-?[0-9]{1,9}")) {
        throw new TypeConversionException("'" + text + "' is not a whole number");
      }
      return Integer.valueOf(text);
    };
  }

  private static ITypeConverter<Double> number() {
    return text -> {
      if (!text.matches("-?[0-9]{1,9}(\\.[0-9]{1,9})?")) {
        throw new TypeConversionException("'" + text + "' is not a number such as 2.5");
      }
      return Double.valueOf(text);
    };
  }

  private static <T> void register(CommandLine line, Class<T> type) {
    line.registerConverter(type, words(type));
  }

  /// An enum's constants as a person writes them: `sunday`; a beginning such as `sun` is enough
  /// where only one has it.
  private static <T> ITypeConverter<T> words(Class<T> type) {
    return text -> {
      List<T> meant = new ArrayList<>();
      for (T constant : type.getEnumConstants()) {
        if (word(constant).equalsIgnoreCase(text)) {
          return constant;
        }
        if (word(constant).startsWith(text.toLowerCase(Locale.ROOT))) {
          meant.add(constant);
        }
      }
      if (meant.size() == 1 && !text.isEmpty()) {
        return meant.getFirst();
      }
      throw new TypeConversionException(
          "'"
              + text
              + "' is none of "
              + Arrays.stream(type.getEnumConstants())
                  .map(Conventions::word)
                  .collect(Collectors.joining(", ")));
    };
  }

  private static String word(Object constant) {
    return String.valueOf(constant).toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
