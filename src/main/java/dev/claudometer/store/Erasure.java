package dev.claudometer.store;

import java.time.Instant;

/// How usage is deleted.
public interface Erasure {

  /// Deletes events that came before an instant. Their sums stay, and copies of them that arrive
  /// later change nothing.
  ///
  /// @return how many events were deleted
  long forget(Instant before);

  /// Deletes all usage, its sums and what was told beside it. How far files have been read stays,
  /// so that nothing comes back by itself.
  void clear();
}
