package dev.claudometer.server.auth;

import java.time.Duration;

/// The cookie that holds a browser's session.
public final class SessionCookie {

  /// Unused for so long, a session ends.
  public static final Duration IDLE = Duration.ofHours(12);

  /// However much it is used, a session ends.
  public static final Duration LONGEST = Duration.ofDays(7);

  private SessionCookie() {}

  /// `__Host-` keeps other hosts and paths from setting it; browsers allow that only over TLS.
  public static String name(boolean secure) {
    return secure ? "__Host-claudometer" : "claudometer";
  }

  public static String set(String session, boolean secure) {
    return name(secure) + "=" + session + attributes(secure) + "; Max-Age=" + LONGEST.toSeconds();
  }

  /// Makes a browser forget it.
  public static String clear(boolean secure) {
    return name(secure) + "=" + attributes(secure) + "; Max-Age=0";
  }

  private static String attributes(boolean secure) {
    return "; Path=/; HttpOnly; SameSite=Strict" + (secure ? "; Secure" : "");
  }
}
