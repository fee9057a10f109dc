package dev.claudometer.server.auth;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// The proxies whose word on a caller's address is taken; by default nobody's.
public final class TrustedProxies {

  private static final int MOST_HOPS = 20;

  private final Networks networks;

  private TrustedProxies(Networks networks) {
    this.networks = networks;
  }

  /// Reads `10.0.0.0/8, ::1`.
  ///
  /// @throws IllegalArgumentException with the part that is no network
  public static TrustedProxies of(String list) {
    return new TrustedProxies(Networks.of(list));
  }

  public boolean trust(String address) {
    return networks.hold(address);
  }

  /// The caller's address: the socket's, or where that is a trusted proxy, the last hop that is
  /// not.
  ///
  /// @param forwarded the `X-Forwarded-For` header
  public String caller(String socket, @Nullable String forwarded) {
    if (forwarded == null || !trust(socket)) {
      return socket;
    }
    String[] hops = forwarded.split(",", -1);
    String caller = socket;
    for (int i = hops.length - 1; i >= Math.max(0, hops.length - MOST_HOPS); i--) {
      InetAddress hop = Networks.literal(hops[i].strip());
      if (hop == null) {
        return caller;
      }
      caller = hop.getHostAddress();
      if (!trust(caller)) {
        return caller;
      }
    }
    return caller;
  }
}
