package dev.claudometer.cli.install;

import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.StateDirectory;
import dev.claudometer.app.process.Surroundings;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Lets Claude Code send its telemetry to this machine's agent: variables in its settings, written
/// after asking, and put back as they were.
public final class ClientTelemetry {

  private final Surroundings surroundings;
  private final ClaudeSettings settings;

  public ClientTelemetry(Surroundings surroundings) {
    this.surroundings = surroundings;
    settings = ClaudeSettings.of(surroundings);
  }

  /// Variables of Claude Code's, not ours.
  private static Map<String, String> wanted(int port) {
    var wanted = new LinkedHashMap<String, String>();
    """
    CLAUDE_CODE_ENABLE_TELEMETRY=1
    OTEL_LOGS_EXPORTER=otlp
    OTEL_METRICS_EXPORTER=otlp
    OTEL_EXPORTER_OTLP_PROTOCOL=http/json
    OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:%d
    """
        .formatted(port)
        .lines()
        .map(line -> line.split("=", -1))
        .forEach(variable -> wanted.put(variable[0], variable[1]));
    return wanted;
  }

  /// Shows what would change, asks, and writes it.
  ///
  /// @param agreed answers a question
  public void switchOn(int port, Predicate<String> agreed) {
    var changes = new LinkedHashMap<String, @Nullable String>(wanted(port));
    changes.entrySet().removeIf(each -> each.getValue().equals(settings.variable(each.getKey())));
    if (changes.isEmpty()) {
      surroundings.out().println("Claude Code sends its telemetry here already.");
      return;
    }
    surroundings.out().println("In " + settings.file() + ", \"env\":");
    changes.forEach(
        (name, value) -> {
          String before = settings.variable(name);
          surroundings
              .out()
              .println("  " + name + "=" + value + (before == null ? "" : " instead of " + before));
        });
    if (!agreed.test("Write that?")) {
      surroundings.out().println("Nothing was written.");
      return;
    }
    keep(changes);
    settings.variables(changes);
    surroundings.out().println("Written. Claude Code sends from its next start on.");
  }

  /// Puts back what was there before, of what nobody has changed since.
  public void switchOff() {
    Properties kept = kept();
    var changes = new LinkedHashMap<String, @Nullable String>();
    for (String name : kept.stringPropertyNames()) {
      if (name.startsWith("was.")) {
        continue;
      }
      if (kept.getProperty(name).equals(settings.variable(name))) {
        changes.put(name, kept.getProperty("was." + name));
      }
    }
    if (!changes.isEmpty()) {
      settings.variables(changes);
      surroundings.out().println("Claude Code's telemetry is as it was before.");
    }
    try {
      Files.deleteIfExists(keeping());
    } catch (IOException failure) {
      throw new Failed("cannot delete " + keeping(), failure);
    }
  }

  private Path keeping() {
    return StateDirectory.of(surroundings).path().resolve("telemetry-before.properties");
  }

  /// What was written, and as `was.` what had been there; of a second time still the first.
  private void keep(Map<String, @Nullable String> changes) {
    Properties kept = kept();
    changes.forEach(
        (name, value) -> {
          String before = settings.variable(name);
          if (before != null && !kept.containsKey(name)) {
            kept.setProperty("was." + name, before);
          }
          kept.setProperty(name, String.valueOf(value));
        });
    try {
      StateDirectory.of(surroundings).create();
      var text = new StringWriter();
      kept.store(text, null);
      Files.writeString(keeping(), text.toString());
    } catch (IOException failure) {
      throw new Failed("cannot keep the former variables in " + keeping(), failure);
    }
  }

  private Properties kept() {
    var kept = new Properties();
    try {
      if (Files.exists(keeping())) {
        kept.load(new StringReader(Files.readString(keeping())));
      }
    } catch (IOException failure) {
      throw new Failed("cannot read the former variables in " + keeping(), failure);
    }
    return kept;
  }
}
