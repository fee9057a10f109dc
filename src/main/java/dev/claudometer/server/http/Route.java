package dev.claudometer.server.http;

import dev.claudometer.server.auth.Access;
import dev.claudometer.server.auth.Limit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One thing that can be asked over HTTP.
///
/// @param path with names in braces: `/api/v1/devices/{id}`
/// @param access who may
/// @param summary what it does, for the API's description
/// @param caller what is expected to call it
/// @param mostBytes of a body, as sent
/// @param late what is answered where a body does not arrive in time: 408, or 503 for clients that
///   send nothing again after 408
/// @param before looks at the call before its body is read: null, or an answer instead
public record Route(
    String method,
    String path,
    Access access,
    String summary,
    Caller caller,
    long mostBytes,
    int late,
    Action before,
    Action action) {

  private static final long USUAL_BYTES = 64 << 10;
  private static final int LATE = 408;
  private static final int AGAIN = 503;

  private static final Set<String> UNCOUNTED =
      Set.of("/healthz", "/api/health", "/api/usage", "/assets/{file}");

  /// What calls a route.
  public enum Caller {
    /// A program: it sends JSON.
    PROGRAM,
    /// A page in a browser: it sends forms, and only this server's own pages may change anything.
    PAGE
  }

  /// Answers a call: with a record that becomes JSON, a [Reply], null for "no content", or with
  /// what becomes one of these ([Promised]).
  public interface Action {
    @Nullable Object answer(Call call) throws Exception;
  }

  private static Route of(
      String method, String path, Access access, String summary, Caller caller, Action action) {
    return new Route(method, path, access, summary, caller, USUAL_BYTES, LATE, _ -> null, action);
  }

  /// The same, answered in another way.
  public Route answering(Action other) {
    return new Route(method, path, access, summary, caller, mostBytes, late, before, other);
  }

  /// The same, with larger bodies.
  public Route taking(long bytes) {
    return new Route(method, path, access, summary, caller, bytes, late, before, action);
  }

  /// The same, with a look at the call before its body is read.
  public Route looking(Action first) {
    return new Route(method, path, access, summary, caller, mostBytes, late, first, action);
  }

  /// The same, where a body that does not arrive in time is to be sent again.
  public Route repeated() {
    return new Route(method, path, access, summary, caller, mostBytes, AGAIN, before, action);
  }

  /// A page.
  public static Route page(String path, Access access, String summary, Action action) {
    return of("GET", path, access, summary, Caller.PAGE, action);
  }

  /// What a page's form does.
  public static Route form(String path, Access access, String summary, Action action) {
    return of("POST", path, access, summary, Caller.PAGE, action);
  }

  public static Route get(String path, Access access, String summary, Action action) {
    return of("GET", path, access, summary, Caller.PROGRAM, action);
  }

  public static Route post(String path, Access access, String summary, Action action) {
    return of("POST", path, access, summary, Caller.PROGRAM, action);
  }

  public static Route put(String path, Access access, String summary, Action action) {
    return of("PUT", path, access, summary, Caller.PROGRAM, action);
  }

  public static Route patch(String path, Access access, String summary, Action action) {
    return of("PATCH", path, access, summary, Caller.PROGRAM, action);
  }

  public static Route delete(String path, Access access, String summary, Action action) {
    return of("DELETE", path, access, summary, Caller.PROGRAM, action);
  }

  /// How often a caller may ask; null where deliveries have limits of their own, or where, as with
  /// health, the answer must always be told.
  public @Nullable Limit limit() {
    if (access == Access.DEVICE || UNCOUNTED.contains(path)) {
      return null;
    }
    return caller == Caller.PAGE ? Limit.PAGES : Limit.API;
  }

  /// A body did not arrive in time.
  Problem tooLate(String why) {
    return late == LATE ? Problem.of(late, why) : Problem.later(late, why, 1, null);
  }

  /// GET answers; everything else changes something.
  public boolean changes() {
    return !method.equals("GET");
  }
}
