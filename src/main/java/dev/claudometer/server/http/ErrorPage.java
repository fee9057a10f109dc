package dev.claudometer.server.http;

/// Tells a person in a browser what went wrong.
public interface ErrorPage {

  /// A whole page of HTML.
  ///
  /// @param id under which the log has more
  byte[] html(int status, String detail, String id);
}
