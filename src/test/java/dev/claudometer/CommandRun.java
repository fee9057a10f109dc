package dev.claudometer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.Claudometer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a command line answered, in a world of its own: a state directory, a clock, a zone.
///
/// @param out all that it printed
/// @param err all that it complained of
record CommandRun(int code, String out, String err) {

  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  /// Runs the real command line. Runs with one state directory share a store.
  static CommandRun of(Path state, List<String> arguments) {
    return of(state, Map.of(), arguments);
  }

  /// The same, with more variables in the environment.
  static CommandRun of(Path state, Map<String, String> more, List<String> arguments) {
    var environment = new HashMap<>(more);
    environment.put("XDG_STATE_HOME", state.toString());
    return of(state, environment, "", NOW, arguments.toArray(String[]::new));
  }

  /// The same, in a home with an environment of its own, at a time, and with what is typed.
  static CommandRun of(
      Path home, Map<String, String> environment, String input, Instant now, String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var surroundings =
        new Surroundings(
            environment,
            home,
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            new PrintStream(out, false, UTF_8),
            new PrintStream(err, true, UTF_8),
            InstantSource.fixed(now),
            ZoneOffset.UTC,
            0,
            false);
    int code = Claudometer.run(surroundings, arguments);
    return new CommandRun(code, out.toString(UTF_8), err.toString(UTF_8));
  }
}
