package dev.claudometer.server.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Lines of the server's log.
///
/// @param counts lines by level, of all that are kept
/// @param categories likewise by the part that spoke
/// @param last number of the last line that is kept: what to pass as `after` for later ones
public record LogPage(
    List<Line> lines, Map<String, Long> counts, Map<String, Long> categories, long last) {

  /// Where lines come from.
  public interface Source {

    /// The lines after a number, oldest first.
    List<Line> after(long number);

    /// Waits until there is a line after a number, or time is over.
    void await(long number, Duration most) throws InterruptedException;

    void clear();
  }

  /// One line.
  ///
  /// @param number grows by one with each
  /// @param level `error`, `warn`, `info` or `debug`
  /// @param category which part spoke
  public record Line(long number, Instant at, String level, String category, String message) {}
}
