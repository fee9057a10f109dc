package dev.claudometer.store.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A database URL as people write it, taken apart for the driver.
///
/// @param jdbc without name and password, so that it can be shown
record PostgresUrl(String jdbc, @Nullable String user, @Nullable String password) {

  private static final Pattern FORM =
      Pattern.compile(
          "(?:jdbc:)?postgres(?:ql)?://(?:([^:@/]*)(?::([^@/]*))?@)?([^/?]+)(/[^?]*)?(\\?.*)?");

  /// Several hosts may be given, separated by commas; the one that can be written to is used.
  static PostgresUrl of(String url) {
    Matcher parts = FORM.matcher(url);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "not a database URL: expected postgresql://name:password@host:5432/database");
    }
    String options = parts.group(5) == null ? "?" : parts.group(5) + "&";
    options = options.replace("target_session_attrs=read-write", "targetServerType=primary");
    String primary = options.contains("targetServerType=") ? "" : "targetServerType=primary&";
    String database = parts.group(4) == null ? "/" : parts.group(4);
    return new PostgresUrl(
        "jdbc:postgresql://" + parts.group(3) + database + options + primary.replaceAll("&$", ""),
        decoded(parts.group(1)),
        decoded(parts.group(2)));
  }

  private static @Nullable String decoded(@Nullable String part) {
    return part == null ? null : URLDecoder.decode(part.replace("+", "%2B"), UTF_8);
  }
}
