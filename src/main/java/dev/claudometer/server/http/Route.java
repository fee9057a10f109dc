package dev.claudometer.server.http;

import dev.claudometer.server.auth.Access;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One thing that can be asked over HTTP.
///
/// @param path with names in braces: `/api/v1/devices/{id}`
/// @param access who may
/// @param summary what it does, for the API's description
/// @param caller what is expected to call it
public record Route(
    String method, String path, Access access, String summary, Caller caller, Action action) {

  private static final Set<String> UNCOUNTED =
      Set.of("/healthz", "/api/health", "/api/usage", "/assets/{file}");

  /// What calls a route.
  public enum Caller {
    /// A program: it sends JSON.
    PROGRAM,
    /// A page in a browser: it sends forms, and only this server's own pages may change anything.
    PAGE
  }

  /// Answers a call: with a record that becomes JSON, a [Reply], or null for "no content".
  public interface Action {
    @Nullable Object answer(Call call) throws Exception;
  }

  /// A page.
  public static Route page(String path, Access access, String summary, Action action) {
    return new Route("GET", path, access, summary, Caller.PAGE, action);
  }

  /// What a page's form does.
  public static Route form(String path, Access access, String summary, Action action) {
    return new Route("POST", path, access, summary, Caller.PAGE, action);
  }

  public static Route get(String path, Access access, String summary, Action action) {
    return new Route("GET", path, access, summary, Caller.PROGRAM, action);
  }

  public static Route post(String path, Access access, String summary, Action action) {
    return new Route("POST", path, access, summary, Caller.PROGRAM, action);
  }

  public static Route put(String path, Access access, String summary, Action action) {
    return new Route("PUT", path, access, summary, Caller.PROGRAM, action);
  }

  public static Route patch(String path, Access access, String summary, Action action) {
    return new Route("PATCH", path, access, summary, Caller.PROGRAM, action);
  }

  public static Route delete(String path, Access access, String summary, Action action) {
    return new Route("DELETE", path, access, summary, Caller.PROGRAM, action);
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
