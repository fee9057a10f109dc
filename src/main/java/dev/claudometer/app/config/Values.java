package dev.claudometer.app.config;

import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.process.WrongUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds the values that somebody gave, and all that is wrong with them.
public final class Values {

  private final Surroundings surroundings;
  private final List<String> problems = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();

  public Values(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /// What was typed for an option, else the variable's value.
  public @Nullable Given given(String option, @Nullable String typed, Variable variable) {
    return typed != null ? new Given(option, typed, false) : given(variable);
  }

  /// The variable, else the content of the file that its `_FILE` variant names; null where there is
  /// neither.
  public @Nullable Given given(Variable variable) {
    String value = variable.in(surroundings);
    boolean secret = variable.kind() == Variable.Kind.SECRET;
    if (!value.isEmpty() || variable.kind() == Variable.Kind.PLAIN) {
      return value.isEmpty() ? null : new Given(variable.name(), value, secret);
    }
    String name = variable.name() + "_FILE";
    String file = surroundings.variable(name);
    String content = file.isEmpty() ? null : content(name, file);
    return content == null ? null : new Given(name, content, secret);
  }

  private @Nullable String content(String name, String file) {
    try {
      String content = Files.readString(Path.of(file)).strip();
      if (!content.isEmpty()) {
        return content;
      }
      problem(name + ": there is nothing in " + file);
    } catch (IOException | InvalidPathException unreadable) {
      problem(name + ": cannot read " + file);
    }
    return null;
  }

  /// The value's text.
  public @Nullable String text(Variable variable) {
    Given given = given(variable);
    return given == null ? null : given.value();
  }

  public boolean flag(Variable variable) {
    Given given = given(variable);
    String word = given == null ? "false" : given.value().strip().toLowerCase(Locale.ROOT);
    return switch (word) {
      case "true", "1", "yes", "on" -> true;
      case "false", "0", "no", "off" -> false;
      default -> {
        wrong(given, "has to be true or false");
        yield false;
      }
    };
  }

  public int number(@Nullable Given given, int usual, int most) {
    if (given == null) {
      return usual;
    }
    if (!given.value().matches("[0-9]{1,9}") || Integer.parseInt(given.value()) > most) {
      wrong(given, "has to be a number up to " + most);
      return usual;
    }
    return Integer.parseInt(given.value());
  }

  /// Reads a value as something; null where there is none, or it is wrong.
  ///
  /// @param reader throws [IllegalArgumentException] with what is wrong
  public <T> @Nullable T read(@Nullable Given given, Function<String, T> reader) {
    if (given == null) {
      return null;
    }
    try {
      return reader.apply(given.value());
    } catch (IllegalArgumentException wrong) {
      problem(given.name() + ": " + wrong.getMessage());
      return null;
    }
  }

  /// Remembers what is wrong with a value.
  public void wrong(@Nullable Given given, String what) {
    if (given != null) {
      problem(given.wrong(what));
    }
  }

  public void problem(String problem) {
    problems.add(problem);
  }

  /// Remembers what a person has to know, and can go on with.
  public void notice(String notice) {
    notices.add(notice);
  }

  /// Says all that is wrong at once.
  public void check() {
    notices.forEach(notice -> surroundings.err().println("claudometer: " + notice));
    notices.clear();
    if (!problems.isEmpty()) {
      throw new WrongUsage(problems.stream().distinct().collect(Collectors.joining("; ")));
    }
  }
}
