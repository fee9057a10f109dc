package dev.claudometer.cli.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.Surroundings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Locale;

/// Asks whoever sits there, a line at a time. Where nobody does, the usual answer holds.
final class Dialogue {

  private final Surroundings surroundings;
  private final BufferedReader in;
  private boolean asked;

  Dialogue(Surroundings surroundings) {
    this.surroundings = surroundings;
    in = new BufferedReader(new InputStreamReader(surroundings.in(), UTF_8));
  }

  /// @param usual holds where the answer is empty
  String ask(String question, String usual) {
    asked = true;
    surroundings.out().print(question + (usual.isEmpty() ? ": " : " [" + usual + "]: "));
    surroundings.out().flush();
    try {
      String answer = in.readLine();
      if (answer == null) {
        surroundings.out().println();
      }
      return answer == null || answer.isBlank() ? usual : answer.strip();
    } catch (IOException failure) {
      throw new Failed("cannot read the answer", failure);
    }
  }

  /// Asks only where something was asked before.
  String askIfAsking(String question, String usual) {
    return asked ? ask(question, usual) : usual;
  }

  boolean yes(String question) {
    return !ask(question + " [Y/n]", "").toLowerCase(Locale.ROOT).startsWith("n");
  }
}
