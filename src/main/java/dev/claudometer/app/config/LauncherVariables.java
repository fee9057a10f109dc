package dev.claudometer.app.config;

import static dev.claudometer.app.config.Variable.EVERY;
import static dev.claudometer.app.config.Variable.plain;

import java.util.List;

/// What one process of Claudometer tells another. They are not meant to be set by people.
public final class LauncherVariables {

  public static final Variable COLUMNS =
      plain(
          "CLAUDOMETER_COLUMNS", "no terminal", "Width of the terminal that is written to.", EVERY);

  public static final Variable PROGRESS =
      plain("CLAUDOMETER_PROGRESS", "no", "Somebody can see a progress bar.", EVERY);

  public static final Variable LAUNCHER =
      plain(
          "CLAUDOMETER_LAUNCHER",
          "this JVM's own command",
          "What starts Claudometer again.",
          "agent start",
          "agent install-service");

  public static final Variable QUIET =
      plain(
          "CLAUDOMETER_AGENT_QUIET",
          "no",
          "Nobody reads what the agent's process prints: it writes its log only.",
          "agent start");

  static final List<Variable> ALL = List.of(COLUMNS, PROGRESS, LAUNCHER, QUIET);

  private LauncherVariables() {}
}
