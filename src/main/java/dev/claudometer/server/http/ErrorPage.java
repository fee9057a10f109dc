package dev.claudometer.server.http;

import org.jspecify.annotations.Nullable;

/// Tells a person in a browser what went wrong.
public interface ErrorPage {

  /// A whole page of HTML.
  ///
  /// @param call what failed; null where it is not known who calls
  /// @param id under which the log has more
  byte[] html(@Nullable Call call, int status, String detail, String id);
}
