package dev.claudometer.app.config;

import dev.claudometer.json.JsonTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A file of claude-prometheus-exporter. Nothing in it is passed over in silence.
record LegacyFile(Path file, Values values) {

  private static final Set<String> PATHS =
      Variables.BY_TOPIC.values().stream()
          .flatMap(List::stream)
          .filter(variable -> variable.path() != null)
          .map(variable -> String.valueOf(variable.path()))
          .collect(Collectors.toUnmodifiableSet());

  /// What it has by path; what is wrong is a problem of the values.
  Map<String, Given> read() {
    if (!Files.exists(file)) {
      return Map.of();
    }
    Map<String, Given> content = new HashMap<>();
    try (InputStream in = Files.newInputStream(file)) {
      if (JsonTree.read(in) instanceof Map<?, ?> object) {
        object.forEach((name, value) -> put(content, String.valueOf(name), value));
        return content;
      }
      values.problem(file + " has to be a JSON object");
    } catch (IOException unreadable) {
      values.problem(file + " cannot be read as JSON: correct it or remove it");
    }
    return Map.of();
  }

  private void put(Map<String, Given> content, String path, @Nullable Object value) {
    boolean parent = PATHS.stream().anyMatch(known -> known.startsWith(path + "."));
    switch (value) {
      case null -> {
        // as if it were not there
      }
      case Map<?, ?> object when parent ->
          object.forEach((name, each) -> put(content, path + "." + name, each));
      case Object _ when parent ->
          values.problem(name(path) + " has keys of its own: see the docs");
      case Object _ when path.equals("loop.lookback") ->
          values.notice(
              name(path) + " is not read: --since says how far back history is asked for");
      case Object _ when !PATHS.contains(path) -> values.notice(name(path) + " is not read");
      case Map<?, ?> _, List<?> _ -> values.problem(name(path) + " has to be one value");
      default -> content.put(path, new Given(name(path), value.toString(), false));
    }
  }

  private String name(String path) {
    return path + " in " + file;
  }
}
