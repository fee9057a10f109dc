package dev.claudometer.cli;

import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.options.PrintedVersion;
import dev.claudometer.cli.options.PrintsJson;
import dev.claudometer.cli.usage.ExplainCommand;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Command lines that say all by themselves: a report alone, or with `--json`. To describe a
/// command to picocli takes as long as to start Java, so it is asked only where there is more to
/// understand.
final class PlainLine {

  /// What else can stand alone, and has nothing to say but what picocli would.
  private static final Set<String> BESIDES = Set.of("statusline", "limits", "doctor", "verify");

  private static final Set<String> JSON = Set.of("-j", "--json");
  private static final Set<String> VERSION = Set.of("-v", "-V", "--version");

  private PlainLine() {}

  /// The command that picocli would make of these words; null where it has to be asked.
  static @Nullable Callable<?> command(Surroundings surroundings, List<String> words) {
    if (words.size() == 1 && VERSION.contains(words.getFirst())) {
      return () -> version(surroundings);
    }
    boolean json = words.size() > 1 && JSON.contains(words.getLast());
    Object command = named(surroundings, json ? words.subList(0, words.size() - 1) : words);
    if (json && command instanceof PrintsJson printing) {
      printing.printJson();
    } else if (json) {
      return null;
    }
    return command instanceof Callable<?> plain ? plain : null;
  }

  private static @Nullable Object named(Surroundings surroundings, List<String> words) {
    String name = words.isEmpty() ? "daily" : words.getFirst();
    if (words.size() == 2 && name.equals("explain") && isDay(words.getLast())) {
      return new ExplainCommand(surroundings, words.getLast());
    }
    return words.size() < 2 && isReport(name)
        ? Objects.requireNonNull(Commands.ALL.get(name)).apply(surroundings)
        : null;
  }

  /// Whether a command of that name reads the store, and can stand alone.
  static boolean isReport(String name) {
    return ReportNames.OF_THE_STORE.contains(name) || BESIDES.contains(name);
  }

  /// Whether it begins like `2026-11-21`: no option and no command does.
  private static boolean isDay(String word) {
    return !word.isEmpty() && Character.isDigit(word.charAt(0));
  }

  private static int version(Surroundings surroundings) {
    for (String line : new PrintedVersion().getVersion()) {
      surroundings.out().println(line);
    }
    return Exit.DONE;
  }
}
