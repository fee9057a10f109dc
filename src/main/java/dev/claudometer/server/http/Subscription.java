package dev.claudometer.server.http;

import java.util.function.Supplier;

/// An answer that goes on for as long as its line.
public interface Subscription {

  /// Opens the line, and speaks on it from now on.
  ///
  /// @throws Problem 429, before the line is opened
  void begin(Supplier<Line> line);
}
