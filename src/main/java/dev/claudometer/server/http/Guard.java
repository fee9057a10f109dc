package dev.claudometer.server.http;

import dev.claudometer.report.Scope;
import dev.claudometer.server.auth.Principal;
import io.javalin.http.Context;

/// Lets a request in, or says why not.
public interface Guard {

  /// Where a request keeps who calls, once that is known: also of one that is not let in.
  String KNOWN = "claudometer.caller";

  /// A request that was let in.
  ///
  /// @param address of the caller: behind a trusted proxy, the one that the proxy names
  /// @param secure whether it came over TLS
  /// @param scope whose usage is for them
  record Admitted(Principal principal, String address, boolean secure, Scope scope) {

    /// Somebody who may see all usage that the route tells.
    public Admitted(Principal principal, String address, boolean secure) {
      this(principal, address, secure, Scope.ALL);
    }
  }

  /// Finds out who calls, and whether the route is for them.
  ///
  /// @throws dev.claudometer.server.http.Problem 401, 403, 421 or 429
  Admitted admit(Context request, Route route);
}
