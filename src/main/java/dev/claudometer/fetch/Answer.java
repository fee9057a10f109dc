package dev.claudometer.fetch;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What came of a question to a service.
public sealed interface Answer<T> {

  /// It was answered.
  record Given<T>(T value) implements Answer<T> {}

  /// It was not.
  ///
  /// @param sentence what, where and what to do, for people; no secrets
  /// @param after how long the service asks to wait; null where it does not say
  record Failed<T>(Reason reason, String sentence, @Nullable Duration after) implements Answer<T> {

    /// The same for a question of another kind.
    public <U> Failed<U> as() {
      return new Failed<>(reason, sentence, after);
    }
  }

  /// Why there is no answer: it decides what to do next.
  enum Reason {
    /// The secret is not accepted: a person has to act.
    UNAUTHORIZED,
    /// It is, but not for this: a person has to act.
    FORBIDDEN,
    /// There is no such place: older or newer than we know, or not for everybody.
    ABSENT,
    /// The question is not understood: older or newer than we know.
    UNKNOWN,
    /// Too often, or the service is not well: try again later.
    BUSY,
    /// No connection, or it was cut: try again later.
    UNREACHABLE,
    /// The answer is not what it should be: too large, not JSON, another host, a wrong type.
    UNREADABLE;

    boolean passes() {
      return this == BUSY || this == UNREACHABLE;
    }
  }
}
