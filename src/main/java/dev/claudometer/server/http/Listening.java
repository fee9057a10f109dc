package dev.claudometer.server.http;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where a server listens.
///
/// @param host an address of this machine
/// @param port 0 for any free one
/// @param tls null for plain HTTP
public record Listening(String host, int port, @Nullable TlsFiles tls) {

  private static final Set<String> ANY = Set.of("0.0.0.0", "::");

  /// What people type.
  ///
  /// @param loopback whether only this machine can reach it
  /// @param open the port that is listened on
  public String url(boolean loopback, int open) {
    String scheme = tls == null ? "http" : "https";
    return scheme + "://" + (loopback || ANY.contains(host) ? "localhost" : host) + ":" + open;
  }
}
