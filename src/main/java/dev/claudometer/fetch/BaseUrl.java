package dev.claudometer.fetch;

import java.net.URI;
import java.util.Locale;

/// Where a service is: `https://api.anthropic.com`. Without TLS only on this machine.
///
/// @param text without a slash at the end
public record BaseUrl(String text) {

  /// Reads it as a person has written it.
  ///
  /// @throws IllegalArgumentException with what is wrong
  public static BaseUrl of(String text) {
    String plain = text.strip().replaceAll("/+$", "");
    URI uri = uri(plain);
    String host = uri.getHost();
    boolean secure = "https".equals(uri.getScheme());
    boolean here = "http".equals(uri.getScheme()) && host != null && loopback(host);
    if (host == null || !(secure || here) || uri.getUserInfo() != null || uri.getQuery() != null) {
      throw wrong(text);
    }
    return new BaseUrl(plain);
  }

  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException notOne) {
      throw wrong(text);
    }
  }

  private static boolean loopback(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost") || name.equals("[::1]") || name.matches("127(\\.\\d+){3}");
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "'"
            + text.replaceAll("//[^/@]*@", "//…@")
            + "' is not a URL such as https://api.anthropic.com (http only on this machine)");
  }

  public String host() {
    return String.valueOf(URI.create(text).getHost());
  }
}
