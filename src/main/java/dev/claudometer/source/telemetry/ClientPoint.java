package dev.claudometer.source.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.model.Activity;
import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.SumName;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A point of one of Claude Code's metrics. Delta or cumulative, a series is known by its
/// attributes and its start: two processes of one session differ in nothing else, and a delta point
/// begins where no other does. So of several points of one series the largest is true.
final class ClientPoint {

  private static final String PREFIX = "claude_code.";

  /// More than anybody does in an interval.
  private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000);

  private static final Map<String, ActivityKind> KINDS =
      Map.of(
          "session.count", ActivityKind.SESSION_START,
          "lines_of_code.count", ActivityKind.LINES_OF_CODE,
          "commit.count", ActivityKind.COMMIT,
          "pull_request.count", ActivityKind.PULL_REQUEST_CREATED,
          "code_edit_tool.decision", ActivityKind.EDIT_DECISION,
          "active_time.total", ActivityKind.ACTIVE_TIME);

  private final Map<String, String> attributes = new TreeMap<>();
  private long startNanos;
  private long nanos;
  private String amount = "";

  void attribute(String name, String value) {
    attributes.put(name, value);
  }

  void start(long unixNanos) {
    startNanos = unixNanos;
  }

  void time(long unixNanos) {
    nanos = unixNanos;
  }

  void amount(String number) {
    amount = number;
  }

  /// What stands at its resource is said of the point too, unless it says something else.
  void shared(Map<String, String> resource) {
    resource.forEach(attributes::putIfAbsent);
  }

  /// Of its [Stamp].
  String person() {
    return Stamp.person(attributes);
  }

  /// Whether a metric is one of those that are kept.
  static boolean isKept(String metric) {
    return KINDS.containsKey(bare(metric));
  }

  /// What the point tells; null where it has no time or no amount that can be.
  @Nullable Activity of(String metric, boolean delta) {
    ActivityKind kind = KINDS.get(bare(metric));
    Long value = kind == null ? null : value(kind);
    if (kind == null || value == null || nanos == 0) {
      return null;
    }
    return new Activity(
        kind,
        series(delta),
        Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000),
        new SessionId(text("session.id")),
        ProjectName.NONE,
        name(kind),
        value);
  }

  private static String bare(String metric) {
    return metric.startsWith(PREFIX) ? metric.substring(PREFIX.length()) : metric;
  }

  /// Time in milliseconds, all else as it is.
  private @Nullable Long value(ActivityKind kind) {
    try {
      var number = new BigDecimal(amount.length() > 40 ? "" : amount);
      if (number.signum() < 0 || Math.abs((long) number.scale()) > 40) {
        return null;
      }
      BigDecimal whole = kind == ActivityKind.ACTIVE_TIME ? number.movePointRight(3) : number;
      return whole.compareTo(MOST) > 0
          ? null
          : (Long) whole.setScale(0, RoundingMode.HALF_EVEN).longValueExact();
    } catch (NumberFormatException noNumber) {
      return null;
    }
  }

  private String name(ActivityKind kind) {
    List<String> parts =
        switch (kind) {
          case SESSION_START -> List.of(text("start_type"));
          case EDIT_DECISION -> List.of(text("decision"), text("tool_name"), text("language"));
          case LINES_OF_CODE, ACTIVE_TIME -> List.of(text("type"));
          default -> List.of("");
        };
    return new SumName(parts, Repository.name(attributes), Repository.branch(attributes)).text();
  }

  private String text(String attribute) {
    return attributes.getOrDefault(attribute, "");
  }

  /// Attributes may be personal: they tell series apart, and are not kept.
  ///
  /// @param delta a point of which is a series of its own, whether it says its start or not
  private String series(boolean delta) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      attributes.forEach(
          (name, value) -> digest.update((name + "\0" + value + "\0").getBytes(UTF_8)));
      String begun = Long.toString(startNanos);
      digest.update((delta ? begun + " " + nanos : begun).getBytes(UTF_8));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
