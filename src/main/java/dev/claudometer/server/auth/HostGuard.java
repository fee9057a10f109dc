package dev.claudometer.server.auth;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Answers only to names that are ours: a page that has its own name point to this machine (DNS
/// rebinding) gets nothing.
public final class HostGuard {

  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

  private final boolean loopback;
  private final @Nullable String publicHost;

  /// @param loopback whether only this machine is listened to
  /// @param publicHost the name that people use, null where none was configured
  public HostGuard(boolean loopback, @Nullable String publicHost) {
    this.loopback = loopback;
    this.publicHost = publicHost == null ? null : publicHost.toLowerCase(Locale.ROOT);
  }

  /// Whether the request is meant for us.
  ///
  /// @param host the `Host` header
  public boolean admits(@Nullable String host) {
    if (host == null
        || !host.matches("(?:[A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\])(?::[0-9]{1,5})?")) {
      return false;
    }
    String name = host.replaceAll(":[0-9]{1,5}$", "").toLowerCase(Locale.ROOT);
    if (LOCAL.contains(name) || name.equals(publicHost)) {
      return true;
    }
    return !loopback && publicHost == null;
  }
}
