package dev.claudometer.server.auth;

import java.time.Duration;

/// The cookie by which a browser is known that somebody has logged in with before. It lets nobody
/// in: it keeps others' wrong passwords from closing the door to whom it belongs.
public final class KnownBrowser {

  /// Not used for so long, it is forgotten.
  public static final Duration LONGEST = Duration.ofDays(180);

  private KnownBrowser() {}

  public static String name(boolean secure) {
    return secure ? "__Host-claudometer-known" : "claudometer-known";
  }

  public static String set(String secret, boolean secure) {
    return name(secure)
        + "="
        + secret
        + "; Path=/; HttpOnly; SameSite=Strict"
        + (secure ? "; Secure" : "")
        + "; Max-Age="
        + LONGEST.toSeconds();
  }
}
