package dev.claudometer.source.telemetry;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One event of Claude Code, with the attributes that may be kept, as texts: old clients send
/// numbers as texts.
///
/// @param name without its prefix: `api_request`
/// @param at when it happened, in milliseconds
/// @param person of its [Stamp], empty where it was not asked for
public record ClientEvent(String name, Instant at, String person, Map<String, String> attributes) {

  private static final String PREFIX = "claude_code.";

  public ClientEvent {
    at = at.truncatedTo(ChronoUnit.MILLIS);
    attributes = Map.copyOf(attributes);
  }

  /// @param named by the log record, `claude_code.api_request`, where the name is not an attribute
  /// @param nanos of the log record, since 1970; 0 where it has none
  static ClientEvent of(String named, long nanos, Map<String, String> attributes) {
    String name = attributes.getOrDefault("event.name", named);
    String bare = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    var kept = new HashMap<String, String>(attributes);
    kept.keySet().retainAll(Allowed.of(bare));
    return new ClientEvent(
        bare, at(kept.get("event.timestamp"), nanos), Stamp.person(attributes), kept);
  }

  private static Instant at(@Nullable String timestamp, long nanos) {
    Instant record = Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000);
    if (timestamp == null) {
      return record;
    }
    try {
      return Instant.parse(timestamp);
    } catch (DateTimeException notAnInstant) {
      return record;
    }
  }

  String text(String attribute) {
    return attributes.getOrDefault(attribute, "");
  }

  /// A whole number, null where there is none.
  @Nullable Long count(String attribute) {
    BigDecimal number = number(attribute);
    try {
      return number == null ? null : number.longValueExact();
    } catch (ArithmeticException notWhole) {
      return null;
    }
  }

  /// A number that is not negative and fits, null where there is none.
  @Nullable BigDecimal number(String attribute) {
    String text = attributes.get(attribute);
    if (text == null || text.length() > 40) {
      return null;
    }
    try {
      var number = new BigDecimal(text);
      boolean usable = number.signum() >= 0 && Math.abs((long) number.scale()) <= 40;
      return usable ? number : null;
    } catch (NumberFormatException noNumber) {
      return null;
    }
  }
}
