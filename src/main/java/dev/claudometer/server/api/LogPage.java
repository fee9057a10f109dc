package dev.claudometer.server.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Lines of the server's log.
///
/// @param counts lines by level, of all that are kept
public record LogPage(List<Line> lines, Map<String, Long> counts) {

  /// Where lines come from.
  public interface Source {

    /// The lines after a number, oldest first.
    List<Line> after(long number);

    void clear();
  }

  /// One line.
  ///
  /// @param number grows by one with each
  /// @param level `error`, `warn`, `info` or `debug`
  /// @param category which part spoke
  public record Line(long number, Instant at, String level, String category, String message) {}
}
