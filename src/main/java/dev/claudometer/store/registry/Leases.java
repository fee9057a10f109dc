package dev.claudometer.store.registry;

import java.time.Duration;
import java.time.Instant;

/// Which of several servers does what only one should do.
public interface Leases {

  /// Becomes or stays the one who does a job, for a time.
  boolean lease(String job, String holder, Instant at, Duration time);
}
