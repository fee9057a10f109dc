package dev.claudometer.store;

/// Which stored events to show.
public sealed interface EventFilter {

  /// By message id or request id.
  record ById(String id) implements EventFilter {}

  record OfSession(String session) implements EventFilter {}

  record Within(TimeRange range) implements EventFilter {}
}
