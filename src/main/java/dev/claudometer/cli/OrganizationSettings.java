package dev.claudometer.cli;

import dev.claudometer.cli.report.FlatJson;
import dev.claudometer.cli.surroundings.Surroundings;
import dev.claudometer.fetch.BaseUrl;
import dev.claudometer.source.adminapi.AdminKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;

/// How an organisation's bills are asked for, from Claudometer's own variables, and from those and
/// the files that users of claude-prometheus-exporter have.
///
/// @param key null where there is none
/// @param pause between two rounds, never less than a minute
record OrganizationSettings(@Nullable AdminKey key, BaseUrl url, Duration pause, Level level) {

  private static final String URL = "https://api.anthropic.com";
  private static final int SHORTEST_SECONDS = 60;
  private static final int LONGEST_SECONDS = 86_400;

  private static final Map<String, Level> LEVELS =
      Map.of(
          "DEBUG", Level.FINE,
          "INFO", Level.INFO,
          "WARNING", Level.WARNING,
          "ERROR", Level.SEVERE);

  /// Reads them; what is wrong is a problem of the values.
  static OrganizationSettings of(Surroundings surroundings, ServeOptions.Values values) {
    return of(
        values,
        List.of(
            Path.of("/etc/claude-prometheus/claude-prometheus.json"),
            surroundings.userHome().resolve(".config/claude-prometheus.json")));
  }

  /// @param files a later one wins; those that do not exist are no problem
  static OrganizationSettings of(ServeOptions.Values values, List<Path> files) {
    Map<String, String> inFiles = new HashMap<>();
    files.forEach(file -> inFiles.putAll(read(file, values)));
    return new OrganizationSettings(
        key(values, inFiles), url(values), pause(values, inFiles), level(values, inFiles));
  }

  private static Map<String, String> read(Path file, ServeOptions.Values values) {
    if (!Files.exists(file)) {
      return Map.of();
    }
    try (InputStream in = Files.newInputStream(file)) {
      return FlatJson.read(in);
    } catch (IOException unreadable) {
      values.problem(file + " cannot be read as JSON: mend it or take it away");
      return Map.of();
    }
  }

  /// A variable wins over a file.
  private static @Nullable String either(
      ServeOptions.Values values, String variable, Map<String, String> inFiles, String path) {
    String value = values.of(null, variable);
    return value != null ? value : inFiles.get(path);
  }

  private static @Nullable AdminKey key(ServeOptions.Values values, Map<String, String> inFiles) {
    String own = values.of(null, "CLAUDOMETER_ADMIN_KEY");
    String text = own != null ? own : either(values, "APIKEY", inFiles, "apikey");
    try {
      return text == null ? null : AdminKey.of(text);
    } catch (IllegalArgumentException wrong) {
      values.problem(
          (own != null ? "CLAUDOMETER_ADMIN_KEY" : "APIKEY") + ": " + wrong.getMessage());
      return null;
    }
  }

  private static BaseUrl url(ServeOptions.Values values) {
    String text = values.of(null, "CLAUDOMETER_ADMIN_URL");
    try {
      return BaseUrl.of(text == null ? URL : text);
    } catch (IllegalArgumentException wrong) {
      values.problem("CLAUDOMETER_ADMIN_URL: " + wrong.getMessage());
      return BaseUrl.of(URL);
    }
  }

  private static Duration pause(ServeOptions.Values values, Map<String, String> inFiles) {
    String text = either(values, "LOOP_INTERVAL", inFiles, "loop.interval");
    if (text == null) {
      return Duration.ofSeconds(SHORTEST_SECONDS);
    }
    if (!text.matches("[0-9]{1,5}(\\.[0-9]{1,3})?") || Double.parseDouble(text) > LONGEST_SECONDS) {
      values.problem("LOOP_INTERVAL has to be a number of seconds up to a day: '" + text + "'");
      return Duration.ofSeconds(SHORTEST_SECONDS);
    }
    return Duration.ofSeconds(Math.max(SHORTEST_SECONDS, (long) Double.parseDouble(text)));
  }

  private static Level level(ServeOptions.Values values, Map<String, String> inFiles) {
    String text = either(values, "LOGGING_LEVEL", inFiles, "logging.level");
    Level level = text == null ? Level.INFO : LEVELS.get(text.toUpperCase(Locale.ROOT));
    if (level == null) {
      values.problem("LOGGING_LEVEL has to be DEBUG, INFO, WARNING or ERROR: '" + text + "'");
      return Level.INFO;
    }
    return level;
  }
}
