package dev.claudometer.app.config;

import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.process.WrongUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds the values, and all that is wrong with them.
public final class Values {
  private final Surroundings surroundings;
  private final List<String> problems = new ArrayList<>();

  public Values(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /// The option, else the variable, else the content of the file that its `_FILE` variant names.
  public @Nullable String of(@Nullable String option, String variable) {
    if (option != null) {
      return option;
    }
    String value = surroundings.variable(variable);
    String file = surroundings.variable(variable + "_FILE");
    if (value.isEmpty() && !file.isEmpty()) {
      return content(variable, Path.of(file));
    }
    return value.isEmpty() ? null : value;
  }

  private @Nullable String content(String variable, Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException unreadable) {
      problems.add("cannot read " + file + ", which " + variable + "_FILE names");
      return null;
    }
  }

  public boolean flag(String variable) {
    String value = String.valueOf(of(null, variable));
    return value.equalsIgnoreCase("true") || value.equals("1");
  }

  public int number(@Nullable String option, String variable, int usual, int most) {
    String value = of(option, variable);
    if (value == null) {
      return usual;
    }
    if (!value.matches("[0-9]{1,9}") || Integer.parseInt(value) > most) {
      problems.add(variable + " has to be a number up to " + most + ": '" + value + "'");
      return usual;
    }
    return Integer.parseInt(value);
  }

  public void problem(String problem) {
    problems.add(problem);
  }

  /// Says all that is wrong at once.
  public void check() {
    if (!problems.isEmpty()) {
      throw new WrongUsage(problems.stream().distinct().collect(Collectors.joining("; ")));
    }
  }
}
