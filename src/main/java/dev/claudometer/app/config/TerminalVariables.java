package dev.claudometer.app.config;

import static dev.claudometer.app.config.Variable.EVERY;
import static dev.claudometer.app.config.Variable.plain;

import java.util.List;

/// How a terminal is written to.
public final class TerminalVariables {

  public static final Variable NO_COLOR =
      plain("NO_COLOR", "colours on a terminal", "Set to anything: no colours.", EVERY);

  public static final Variable FORCE_COLOR =
      plain(
          "FORCE_COLOR",
          "no colours beyond a terminal",
          "Set to anything but 0 or false: colours also where no terminal is.",
          EVERY);

  public static final Variable COLUMNS =
      plain("COLUMNS", "what the terminal says", "The terminal's width.", "the launcher");

  static final List<Variable> ALL = List.of(NO_COLOR, FORCE_COLOR, COLUMNS);

  private TerminalVariables() {}
}
