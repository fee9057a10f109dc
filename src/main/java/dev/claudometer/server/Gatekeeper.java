package dev.claudometer.server;

import dev.claudometer.server.auth.Access;
import dev.claudometer.server.auth.CrossSite;
import dev.claudometer.server.auth.Guests;
import dev.claudometer.server.auth.HostGuard;
import dev.claudometer.server.auth.Identities;
import dev.claudometer.server.auth.Limit;
import dev.claudometer.server.auth.Principal;
import dev.claudometer.server.auth.RateLimits;
import dev.claudometer.server.auth.RateLimits.Verdict;
import dev.claudometer.server.auth.Scopes;
import dev.claudometer.server.auth.SessionCookie;
import dev.claudometer.server.auth.TrustedProxies;
import dev.claudometer.server.http.Guard;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.http.Route.Caller;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Lets in who may come in: looks at the name we were called by, the caller's key, token or
/// session, the page that sent the request, and how often the caller calls.
public final class Gatekeeper implements Guard {

  private static final HostGuard OWN_NAMES = new HostGuard(true, null);

  private final HostGuard hosts;
  private final TrustedProxies proxies;
  private final Identities identities;
  private final Guests guests;
  private final RateLimits limits;
  private final Scopes scopes;

  public Gatekeeper(
      HostGuard hosts,
      TrustedProxies proxies,
      Identities identities,
      Guests guests,
      RateLimits limits,
      Scopes scopes) {
    this.hosts = hosts;
    this.proxies = proxies;
    this.identities = identities;
    this.guests = guests;
    this.limits = limits;
    this.scopes = scopes;
  }

  @Override
  public Admitted admit(Context request, Route route) {
    String bearer = bearer(request.header("Authorization"));
    String key = request.header("X-Device-Key");
    // a page that gave its own name to this machine knows no secret
    if (bearer == null && key == null && !hosts.admits(request.header("Host"))) {
      throw Problem.of(421, "this server does not answer to that host name");
    }
    String address =
        proxies.caller(request.req().getRemoteAddr(), request.header("X-Forwarded-For"));
    String session = request.cookie(SessionCookie.name(secure(request)));
    Principal principal = identities.of(key == null ? bearer : key, session);
    boolean local = principal instanceof Principal.Anonymous && fromThisMachine(request);
    if (guest(principal, request, route, address, local)) {
      principal = new Principal.Guest();
    }
    var caller = new Admitted(principal, address, secure(request), scopes.of(principal));
    request.attribute(KNOWN, caller);
    boolean byCookie = key == null && bearer == null && principal instanceof Principal.User;
    boolean allowed = route.access().allows(principal) && !scopes.keeps(route.access(), principal);
    if (!allowed && !(local && route.access() == Access.METRICS)) {
      throw refusal(principal);
    }
    if (route.changes() && (byCookie || route.caller() == Caller.PAGE)) {
      checkPage(request, route);
    }
    Limit limit = route.limit();
    if (limit != null) {
      checkRate(limit, principal.counted(address));
    }
    return caller;
  }

  /// Guests look: what they could change, or do as one who has logged in, is not for them.
  private boolean guest(
      Principal principal, Context request, Route route, String address, boolean local) {
    return principal instanceof Principal.Anonymous
        && route.access().looks()
        && !route.changes()
        && request.header("Authorization") == null
        && request.header("X-Device-Key") == null
        && guests.admit(address, local, request.header("Host"));
  }

  /// Behind a proxy that we trust, its word on TLS counts.
  private boolean secure(Context request) {
    return request.req().isSecure()
        || ("https".equals(request.header("X-Forwarded-Proto"))
            && proxies.trust(request.req().getRemoteAddr()));
  }

  /// What a proxy hands on comes from elsewhere, whether we trust the proxy or not; a name that is
  /// not this machine's own may be a page's, in a browser here; and what tried a secret is to know
  /// that it was wrong.
  private static boolean fromThisMachine(Context request) {
    return loopback(request.req().getRemoteAddr())
        && OWN_NAMES.admits(request.header("Host"))
        && request.header("X-Forwarded-For") == null
        && request.header("Forwarded") == null
        && request.header("Authorization") == null
        && request.header("X-Device-Key") == null;
  }

  private static boolean loopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException noAddress) {
      return false;
    }
  }

  private static @Nullable String bearer(@Nullable String authorization) {
    return authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith("bearer ")
        ? authorization.substring("bearer ".length()).strip()
        : null;
  }

  private static Problem refusal(Principal principal) {
    return principal instanceof Principal.Anonymous
        ? Problem.of(401, "log in, or send a token or a device key that is in force")
        : Problem.of(403, "this is not for you");
  }

  private static void checkPage(Context request, Route route) {
    if (!CrossSite.ownPage(
        request.header("Sec-Fetch-Site"), request.header("Origin"), request.header("Host"))) {
      throw Problem.of(403, "a browser may change this only from this server's own pages");
    }
    String expected =
        route.caller() == Caller.PAGE ? "application/x-www-form-urlencoded" : "application/json";
    String type = request.contentType();
    boolean body = request.req().getContentLengthLong() != 0;
    if (body && (type == null || !type.startsWith(expected))) {
      throw Problem.of(415, "the body has to be " + expected);
    }
  }

  private void checkRate(Limit limit, String bucket) {
    Verdict verdict = limits.take(limit, bucket);
    if (!verdict.allowed()) {
      String what = "more than %,d requests a minute".formatted(limit.requests());
      throw Problem.later(429, what, verdict.retryAfterSeconds(), null);
    }
  }
}
