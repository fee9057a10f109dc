package dev.claudometer.server.auth;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/// Tells our own pages' requests from those that another site has a browser send.
public final class CrossSite {

  private CrossSite() {}

  /// Whether a change that is authenticated by a cookie may be made.
  ///
  /// @param fetchSite the `Sec-Fetch-Site` header: what a browser says of the page
  /// @param origin the `Origin` header
  /// @param host the `Host` header, already admitted
  public static boolean ownPage(
      @Nullable String fetchSite, @Nullable String origin, @Nullable String host) {
    if (fetchSite != null && !fetchSite.equals("same-origin") && !fetchSite.equals("none")) {
      return false;
    }
    if (origin != null) {
      return host != null && host.equalsIgnoreCase(authority(origin));
    }
    return fetchSite != null;
  }

  private static @Nullable String authority(String origin) {
    try {
      return new URI(origin).getRawAuthority();
    } catch (URISyntaxException none) {
      return null;
    }
  }
}
