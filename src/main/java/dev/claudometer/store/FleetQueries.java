package dev.claudometer.store;

import dev.claudometer.model.LimitReading;
import dev.claudometer.model.LimitStretch;
import dev.claudometer.model.SessionTotal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The questions that are asked about many machines, at any size of the store.
public interface FleetQueries {

  /// Sums by step of time. Steps without usage have no point.
  ///
  /// @param range begins and ends at a quarter hour
  List<Point> series(TimeRange range, Step step, Set<Dimension> by);

  /// One page of sessions.
  SessionPage sessions(SessionQuery query);

  /// How many sessions had a response within a range.
  long sessionCount(TimeRange range);

  /// What is true of each plan window that a device told of.
  List<LimitReading> limits(String device);

  /// What was told of the window that runs, or ran last, whether or not it is true.
  List<LimitStretch> told(String device, String window);

  /// Working directories by project name, where a transcript has confirmed them.
  Map<String, String> projectPaths();

  /// Claude Code's own running totals of a session, in the order of its transcript.
  List<SessionTotal> sessionTotals(String session);

  /// Where the store stands.
  Standing standing();

  /// Where a store stands.
  ///
  /// @param store tells this store from every other one, and from a copy of it
  /// @param revision of the last change: what was asked at the same revision needs no asking again
  /// @param horizon events before this instant may have been deleted; the epoch where none has been
  record Standing(String store, long revision, Instant horizon) {}
}
