package dev.claudometer.store;

import dev.claudometer.model.SessionId;

/// Which stored events to show. Parts follow their response.
public sealed interface EventFilter {

  /// By message id or request id.
  record ById(String id) implements EventFilter {}

  /// By message id alone: requests are not in the order of their ids, so all have to be looked at.
  record OfMessage(String id) implements EventFilter {}

  /// Those that a session is attributed.
  ///
  /// @param skip how many of the earliest not to show
  /// @param most how many to show, the earliest first
  record OfSession(SessionId session, int skip, int most) implements EventFilter {

    public OfSession(SessionId session) {
      this(session, 0, Integer.MAX_VALUE);
    }
  }

  /// Such of a range of time.
  ///
  /// @param most how many to show, the earliest first
  record Within(TimeRange range, Where where, int most) implements EventFilter {

    public Within(TimeRange range) {
      this(range, Where.ANY, Integer.MAX_VALUE);
    }
  }
}
