package dev.claudometer.server.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An answer whose status, headers or form are not the usual ones.
///
/// @param body a record that becomes JSON, bytes or a stream of them as they are, or null
public record Reply(int status, Map<String, String> headers, @Nullable Object body) {

  public Reply {
    headers = Map.copyOf(headers);
  }

  public static Reply of(int status, @Nullable Object body) {
    return new Reply(status, Map.of(), body);
  }
}
