package dev.claudometer.store;

import dev.claudometer.model.SessionTotal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The questions that reports ask. Only counted events answer, but for [#events].
public interface UsageQueries {

  /// From the first counted response to just after the last; null where there is none.
  @Nullable TimeRange extent();

  /// Sums over a time range that begins and ends at a quarter hour, one row per combination of the
  /// dimensions.
  List<Slice> sums(TimeRange range, Set<Dimension> by);

  /// One row per counted response of a range, by time.
  List<Entry> entries(TimeRange range);

  /// First and last response of each session within a range.
  List<SessionSpan> sessionSpans(TimeRange range);

  /// Stored events, replays included, by time: those of a message or request id, a session, or a
  /// range.
  List<StoredEvent> events(EventFilter filter);

  /// Counts of what else happened, by kind and name.
  List<ActivityCount> activities(TimeRange range);

  /// Claude Code's own running totals, by session and the order of its transcript.
  List<SessionTotal> sessionTotals();

  /// What is known of the files that were read, and the size of the store.
  Holdings holdings();
}
