package dev.claudometer.wire.legacy;

import java.util.List;
import java.util.Map;

/// What a request body of the peer's protocol turned out to be.
///
/// @param <T> what was asked for
public sealed interface LegacyRequest<T> {

  /// It is of the shape.
  record Accepted<T>(T body) implements LegacyRequest<T> {}

  /// It is not: the peer answers 400 with these messages, see [LegacyAnswers#invalid].
  ///
  /// @param formErrors messages about the body as a whole
  /// @param fieldErrors messages by top-level field, in the order of the schema
  record Invalid<T>(List<String> formErrors, Map<String, List<String>> fieldErrors)
      implements LegacyRequest<T> {}

  /// It is not JSON: the peer answers 500.
  ///
  /// @param why for our own log
  record NotJson<T>(String why) implements LegacyRequest<T> {}
}
