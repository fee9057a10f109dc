package dev.claudometer.store;

import org.jspecify.annotations.Nullable;

/// Which sessions to list, and in what order.
///
/// @param range sessions with a response in it
/// @param session only this one; null for any, and so the next four
/// @param device only sessions with a part on it
/// @param text only sessions whose id, project or branch contains it, in any case
/// @param after the last row of the page before; null for the first page
/// @param limit rows of a page
public record SessionQuery(
    TimeRange range,
    @Nullable String session,
    @Nullable String device,
    @Nullable String project,
    @Nullable String model,
    @Nullable String branch,
    @Nullable String text,
    Order order,
    @Nullable Cursor after,
    int limit) {

  /// Largest or latest first.
  public enum Order {
    LAST,
    FIRST,
    COST,
    OUTPUT,
    RESPONSES
  }

  /// Where a page ended.
  ///
  /// @param value what the rows are ordered by: milliseconds, nano-dollars, or a count
  public record Cursor(long value, String session) {}
}
