package dev.claudometer.source.telemetry;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Which attributes of which events are read at all. Whatever is not named here (prompts, answers,
/// commands, paths, addresses, free text of errors) is stepped over where it arrives.
final class Allowed {

  private static final Set<String> OF_ALL =
      Set.of("event.name", "event.timestamp", "event.sequence", "session.id");

  private static final Map<String, Set<String>> BY_EVENT =
      Map.of(
          "api_request",
          Set.of(
              "request_id",
              "model",
              "input_tokens",
              "output_tokens",
              "cache_read_tokens",
              "cache_creation_tokens",
              "cache_creation_5m_tokens",
              "cache_creation_1h_tokens",
              "cost_usd",
              "cost_usd_micros",
              "duration_ms",
              "speed",
              "query_source",
              "effort",
              "agent_id"),
          "api_error",
          Set.of("model", "status_code", "attempt", "request_id", "query_source"),
          "tool_decision",
          Set.of("decision", "source", "tool_name"),
          "retention_sweep",
          Set.of("transcripts_deleted"));

  /// A value that is longer is none of those that we know.
  static final int LONGEST_VALUE = 1_000;

  private Allowed() {}

  /// Whether an attribute may be kept until the event's name is known.
  static boolean anywhere(String name) {
    return OF_ALL.contains(name)
        || Repository.ATTRIBUTES.contains(name)
        || BY_EVENT.values().stream().anyMatch(set -> set.contains(name));
  }

  /// Whether an attribute of a resource is one of each event or point of it that has no such
  /// attribute itself: old clients and collectors put it there once for all.
  static boolean ofResource(String name) {
    return name.equals("session.id") || Repository.ATTRIBUTES.contains(name);
  }

  /// What is read of a body.
  ///
  /// @param stamped whether who sends it may say who somebody is
  static Predicate<String> reading(boolean stamped) {
    return stamped ? name -> anywhere(name) || Stamp.holds(name) : Allowed::anywhere;
  }

  static boolean of(String event, String name) {
    return OF_ALL.contains(name)
        || Repository.ATTRIBUTES.contains(name)
        || BY_EVENT.getOrDefault(event, Set.of()).contains(name);
  }
}
