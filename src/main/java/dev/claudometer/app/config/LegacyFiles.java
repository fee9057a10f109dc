package dev.claudometer.app.config;

import dev.claudometer.app.process.Surroundings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What stands in the files that users of claude-prometheus-exporter have: by the names of its
/// README, and by those that its code really reads. A variable wins over them.
///
/// @param content by path: `prometheus.port`
public record LegacyFiles(Values values, Map<String, Given> content) {

  /// Reads them, a later one wins; what is wrong is a problem of the values.
  public static LegacyFiles of(Surroundings surroundings, Values values) {
    Path home = surroundings.userHome().resolve(".config");
    Map<String, Given> content = new HashMap<>();
    for (Path file :
        List.of(
            Path.of("/etc/claude-prometheus/claude-prometheus.json"),
            Path.of("/etc/claude-prometheus-exporter/claude-prometheus-exporter.json"),
            home.resolve("claude-prometheus.json"),
            home.resolve("claude-prometheus-exporter.json"))) {
      content.putAll(new LegacyFile(file, values).read());
    }
    return new LegacyFiles(values, content);
  }

  /// What was typed for an option, else the variable, else what a file has; null where there is
  /// none.
  public @Nullable Given given(String option, @Nullable String typed, Variable variable) {
    return typed != null ? new Given(option, typed, false) : given(variable);
  }

  /// The first of the variables that is set, else the first that a file has.
  public @Nullable Given given(Variable... names) {
    return Stream.concat(Stream.of(names).map(values::given), Stream.of(names).map(this::written))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private @Nullable Given written(Variable variable) {
    Given written = content.get(String.valueOf(variable.path()));
    return written == null
        ? null
        : new Given(written.name(), written.value(), variable.kind() == Variable.Kind.SECRET);
  }
}
