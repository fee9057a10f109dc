package dev.claudometer.source.telemetry;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which attributes of which events are read at all. Whatever is not named here (prompts, answers,
/// commands, paths, addresses, free text of errors) is stepped over where it arrives.
final class Allowed {

  private static final Set<String> OF_ALL =
      with(Repository.ATTRIBUTES, "event.name", "event.timestamp", "event.sequence", "session.id");

  private static final Map<String, Set<String>> BY_EVENT =
      Map.of(
          "api_request",
          with(
              OF_ALL,
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
          with(OF_ALL, "model", "status_code", "attempt", "request_id", "query_source"),
          "tool_decision",
          with(OF_ALL, "decision", "source", "tool_name"),
          "retention_sweep",
          with(OF_ALL, "transcripts_deleted"));

  private static final Set<String> ANYWHERE =
      BY_EVENT.values().stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());

  /// A value that is longer is none of those that we know.
  static final int LONGEST_VALUE = 1_000;

  private Allowed() {}

  private static Set<String> with(Set<String> names, String... more) {
    return Stream.concat(names.stream(), Stream.of(more)).collect(Collectors.toUnmodifiableSet());
  }

  /// Whether an attribute may be kept until the event's name is known.
  static boolean anywhere(String name) {
    return ANYWHERE.contains(name);
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

  /// What is kept of an event.
  static Set<String> of(String event) {
    return BY_EVENT.getOrDefault(event, OF_ALL);
  }
}
