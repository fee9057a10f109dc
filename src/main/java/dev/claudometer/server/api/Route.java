package dev.claudometer.server.api;

import dev.claudometer.server.auth.Access;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One thing that can be asked over HTTP.
///
/// @param path with names in braces: `/api/v1/devices/{id}`
/// @param access who may
/// @param summary what it does, for the API's description
public record Route(String method, String path, Access access, String summary, Action action) {

  private static final Set<String> UNCOUNTED = Set.of("/healthz", "/api/health", "/api/usage");

  /// Answers a call: with a record that becomes JSON, a [Reply], or null for "no content".
  public interface Action {
    @Nullable Object answer(Call call) throws Exception;
  }

  static Route get(String path, Access access, String summary, Action action) {
    return new Route("GET", path, access, summary, action);
  }

  static Route post(String path, Access access, String summary, Action action) {
    return new Route("POST", path, access, summary, action);
  }

  static Route put(String path, Access access, String summary, Action action) {
    return new Route("PUT", path, access, summary, action);
  }

  static Route patch(String path, Access access, String summary, Action action) {
    return new Route("PATCH", path, access, summary, action);
  }

  static Route delete(String path, Access access, String summary, Action action) {
    return new Route("DELETE", path, access, summary, action);
  }

  /// Whether the general limit holds: deliveries have limits of their own, and health must always
  /// be told.
  public boolean counted() {
    return access != Access.DEVICE && !UNCOUNTED.contains(path);
  }

  /// GET answers; everything else changes something.
  public boolean changes() {
    return !method.equals("GET");
  }
}
