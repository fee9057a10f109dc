package dev.claudometer.server.http;

/// Where a caller hears what is told, for as long as both sides want.
public interface Line {

  /// Says something without waiting for the other side.
  ///
  /// @return false where nobody listens any more, or too slowly
  boolean say(String text);

  void end();
}
