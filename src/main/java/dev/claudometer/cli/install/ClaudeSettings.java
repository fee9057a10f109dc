package dev.claudometer.cli.install;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.claudometer.app.config.PlaceVariables;
import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Claude Code's settings of a user, `~/.claude/settings.json`. All but the status line and some
/// variables stays as it is, in its order; the file is replaced whole and at once.
record ClaudeSettings(Path file) {

  private static final String STATUS_LINE = "statusLine";

  private static final String VARIABLES = "env";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  static ClaudeSettings of(Surroundings surroundings) {
    String configured = PlaceVariables.CLAUDE_CONFIG_DIR.in(surroundings);
    Path home =
        configured.isBlank() || configured.contains(",")
            ? surroundings.userHome().resolve(".claude")
            : Path.of(configured);
    return new ClaudeSettings(home.resolve("settings.json"));
  }

  /// The value of a variable that Claude Code sets for itself, null where there is none.
  @Nullable String variable(String name) {
    JsonNode value = read().path(VARIABLES).get(name);
    return value == null ? null : value.asText();
  }

  /// Sets variables.
  ///
  /// @param values null takes a variable out
  void variables(Map<String, @Nullable String> values) {
    ObjectNode settings = read();
    ObjectNode variables =
        settings.get(VARIABLES) instanceof ObjectNode there ? there : settings.putObject(VARIABLES);
    values.forEach(
        (name, value) -> {
          if (value == null) {
            variables.remove(name);
          } else {
            variables.put(name, value);
          }
        });
    if (variables.isEmpty()) {
      settings.remove(VARIABLES);
    }
    write(settings);
  }

  /// What is there for the status line, null where nothing is.
  @Nullable JsonNode statusLine() {
    return read().get(STATUS_LINE);
  }

  /// Puts a command there.
  void statusLine(String command) {
    ObjectNode settings = read();
    ObjectNode line = settings.putObject(STATUS_LINE);
    line.put("type", "command").put("command", command).put("padding", 0);
    write(settings);
  }

  /// Puts back what was there before, or takes it out where nothing was.
  void restore(@Nullable JsonNode before) {
    ObjectNode settings = read();
    if (before == null) {
      settings.remove(STATUS_LINE);
    } else {
      settings.set(STATUS_LINE, before);
    }
    write(settings);
  }

  static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException damaged) {
      throw new Failed("what was kept of the former status line is no JSON", damaged);
    }
  }

  private ObjectNode read() {
    if (!Files.exists(file)) {
      return JSON.createObjectNode();
    }
    try {
      if (JSON.readTree(Files.readString(file)) instanceof ObjectNode settings) {
        return settings;
      }
      throw new Failed(file + " holds no object: it was left as it is");
    } catch (JsonProcessingException notJson) {
      throw new Failed(
          file
              + " is no JSON (line "
              + notJson.getLocation().getLineNr()
              + "): it was left as it is",
          notJson);
    } catch (IOException failure) {
      throw new Failed("cannot read " + file, failure);
    }
  }

  private void write(ObjectNode settings) {
    try {
      Path real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      Files.createDirectories(real.getParent());
      Path written = Files.createTempFile(real.getParent(), "settings", ".json");
      Files.writeString(written, JSON.writeValueAsString(settings) + "\n");
      if (Files.exists(real)) {
        sameRights(real, written);
      }
      Files.move(
          written, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw new Failed("cannot write " + file, failure);
    }
  }

  private static void sameRights(Path from, Path to) throws IOException {
    try {
      Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
    } catch (UnsupportedOperationException windows) {
      // a new file has its directory's rights there
    }
  }
}
