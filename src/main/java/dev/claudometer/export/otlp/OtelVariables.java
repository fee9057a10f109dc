package dev.claudometer.export.otlp;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The variables that OpenTelemetry has names for. What is wrong with one is said in a sentence
/// that holds no secret.
///
/// @param given the value of a variable; null where it is not set
/// @param problem takes what is wrong
public record OtelVariables(Function<String, @Nullable String> given, Consumer<String> problem) {

  private static final String PREFIX = "OTEL_EXPORTER_OTLP_";

  @Nullable String of(String name) {
    String value = given.apply(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  /// The name of the variable that counts for a signal: its own, where it is set.
  String name(Signal signal, String setting) {
    String own = PREFIX + signal.name() + "_" + setting;
    return of(own) == null ? PREFIX + setting : own;
  }

  Duration milliseconds(String name, int usual, int least, int most) {
    String value = of(name);
    if (value != null
        && value.matches("[0-9]{1,9}")
        && Integer.parseInt(value) >= least
        && Integer.parseInt(value) <= most) {
      return Duration.ofMillis(Integer.parseInt(value));
    }
    if (value != null) {
      problem.accept(
          name + " has to be milliseconds from " + least + " to " + most + ": '" + value + "'");
    }
    return Duration.ofMillis(usual);
  }

  /// Reads `name=value,other=value`; values may be percent-encoded.
  ///
  /// @param names what a name has to look like
  Map<String, String> pairs(String variable, String names) {
    Map<String, String> pairs = new LinkedHashMap<>();
    String value = of(variable);
    String[] entries = value == null ? new String[0] : value.split(",", -1);
    for (int i = 0; i < entries.length; i++) {
      if (!entries[i].isBlank() && !put(pairs, entries[i], names)) {
        problem.accept(
            variable + ": entry " + (i + 1) + " is not name=value, percent-encoded where need be");
      }
    }
    return pairs;
  }

  private static boolean put(Map<String, String> pairs, String entry, String names) {
    int equals = entry.indexOf('=');
    String name = equals < 0 ? "" : entry.substring(0, equals).strip();
    if (!name.matches(names)) {
      return false;
    }
    try {
      // a plus stands for itself
      String encoded = entry.substring(equals + 1).strip().replace("+", "%2B");
      String value = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
      boolean sound = value.chars().noneMatch(Character::isISOControl);
      if (sound) {
        pairs.put(name, value);
      }
      return sound;
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }
}
