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
public record LegacyFiles(Values values, Map<String, Given> content) {

  /// Reads them, a later one wins; what is wrong is a problem of the values.
  public static LegacyFiles of(Surroundings surroundings, Values values) {
    Map<String, Given> content = new HashMap<>();
    for (Path file :
        List.of(
            Path.of("/etc/claude-prometheus/claude-prometheus.json"),
            surroundings.userHome().resolve(".config/claude-prometheus.json"))) {
      content.putAll(read(file, values));
    }
    return new LegacyFiles(values, content);
  }

  private static Map<String, Given> read(Path file, Values values) {
    if (!Files.exists(file)) {
      return Map.of();
    }
    try (InputStream in = Files.newInputStream(file)) {
      Map<String, Given> content = new HashMap<>();
      FlatJson.read(in)
          .forEach((key, value) -> content.put(key, new Given(key + " in " + file, value, false)));
      return content;
    } catch (IOException unreadable) {
      values.problem(file + " cannot be read as JSON: correct it or remove it");
      return Map.of();
    }
  }

  /// What was typed for an option, else the variable, else what a file has; null where there is
  /// none.
  public @Nullable Given given(String option, @Nullable String typed, Variable variable) {
    return typed != null ? new Given(option, typed, false) : given(variable);
  }

  /// The variable, else what a file has.
  public @Nullable Given given(Variable variable) {
    Given given = values.given(variable);
    Given written = content.get(String.valueOf(variable.path()));
    if (given != null || written == null) {
      return given;
    }
    boolean secret = variable.kind() == Variable.Kind.SECRET;
    return new Given(written.name(), written.value(), secret);
  }
}
