package dev.claudometer.store;

import dev.claudometer.model.SessionId;
import org.jspecify.annotations.Nullable;

/// Which sessions to list, and in what order.
///
/// @param range sessions with a response in it
/// @param where sessions with such a response
/// @param text null for any; else only sessions whose id, project or branch contains it, in any
///   case
/// @param after the last row of the page before; null for the first page
/// @param limit rows of a page
public record SessionQuery(
    TimeRange range,
    Where where,
    @Nullable String text,
    Order order,
    @Nullable Cursor after,
    int limit) {

  /// A session with all that it used; null where there is no such session.
  public static SessionQuery of(SessionId session) {
    return new SessionQuery(
        TimeRange.ALL, Where.of(Dimension.SESSION, session.text()), null, Order.LAST, null, 1);
  }

  /// Largest or latest first: by what fits the question, or by the session's first or last
  /// response.
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
  public record Cursor(long value, SessionId session) {}
}
