package dev.claudometer.app.config;

import dev.claudometer.app.process.Surroundings;
import dev.claudometer.json.FlatJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What stands in the files that users of claude-prometheus-exporter have. A variable wins over
/// them.
///
/// @param content by path: `prometheus.port`
public record LegacyFiles(Values values, Map<String, String> content) {

  /// Reads them, a later one wins; what is wrong is a problem of the values.
  public static LegacyFiles of(Surroundings surroundings, Values values) {
    Map<String, String> content = new HashMap<>();
    for (Path file :
        List.of(
            Path.of("/etc/claude-prometheus/claude-prometheus.json"),
            surroundings.userHome().resolve(".config/claude-prometheus.json"))) {
      content.putAll(read(file, values));
    }
    return new LegacyFiles(values, content);
  }

  private static Map<String, String> read(Path file, Values values) {
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

  /// The option, else the variable, else what a file has; null where there is none.
  public @Nullable String of(@Nullable String option, String variable, String path) {
    String value = values.of(option, variable);
    return value != null ? value : content.get(path);
  }
}
