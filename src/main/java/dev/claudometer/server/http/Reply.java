package dev.claudometer.server.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An answer whose status, headers or form are not the usual ones.
///
/// @param cookies what the browser is to keep
/// @param body a record that becomes JSON, bytes or a stream of them as they are, or null
public record Reply(
    int status, Map<String, String> headers, List<String> cookies, @Nullable Object body) {

  public Reply {
    headers = Map.copyOf(headers);
    cookies = List.copyOf(cookies);
  }

  public Reply(int status, Map<String, String> headers, @Nullable Object body) {
    this(status, headers, List.of(), body);
  }

  public static Reply of(int status, @Nullable Object body) {
    return new Reply(status, Map.of(), body);
  }
}
