package dev.claudometer.app.config;

import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;

/// How much an exporter logs, as `LOGGING_LEVEL` spells it.
public final class LogLevel {

  private static final Map<String, Level> LEVELS =
      Map.of(
          "DEBUG", Level.FINE,
          "INFO", Level.INFO,
          "WARNING", Level.WARNING,
          "ERROR", Level.SEVERE,
          "FATAL", Level.SEVERE);

  private LogLevel() {}

  /// What the environment says.
  public static Level of(Values values) {
    Given given = values.given(OrganizationVariables.LOGGING_LEVEL);
    return of(given != null ? given : values.given(OrganizationVariables.LOGLEVEL), values);
  }

  /// What is wrong is a problem of the values.
  static Level of(@Nullable Given given, Values values) {
    Level level = given == null ? Level.INFO : LEVELS.get(given.value().toUpperCase(Locale.ROOT));
    if (level == null) {
      values.wrong(given, "has to be DEBUG, INFO, WARNING or ERROR");
      return Level.INFO;
    }
    return level;
  }
}
