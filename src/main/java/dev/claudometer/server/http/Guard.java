package dev.claudometer.server.http;

import dev.claudometer.server.auth.Principal;
import io.javalin.http.Context;

/// Lets a request in, or says why not.
public interface Guard {

  /// A request that was let in.
  ///
  /// @param address of the caller: behind a trusted proxy, the one that the proxy names
  /// @param secure whether it came over TLS
  record Admitted(Principal principal, String address, boolean secure) {}

  /// Finds out who calls, and whether the route is for them.
  ///
  /// @throws dev.claudometer.server.http.Problem 401, 403, 421 or 429
  Admitted admit(Context request, Route route);
}
