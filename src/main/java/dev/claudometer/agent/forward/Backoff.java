package dev.claudometer.agent.forward;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// How long to wait after failures in a row: 1 s, 2 s, 4 s, … up to 5 minutes, less up to a half at
/// random, so that many machines do not come back at once.
final class Backoff {

  private static final long LONGEST_MILLIS = 300_000;
  private static final int MOST_DOUBLINGS = 9;

  private final RandomGenerator random;
  private int failures;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  int failures() {
    return failures;
  }

  void succeeded() {
    failures = 0;
  }

  /// @param asked the least that the server wants, null where it does not say
  Duration failed(@Nullable Duration asked) {
    long full = Math.min(LONGEST_MILLIS, 1_000L << Math.min(failures, MOST_DOUBLINGS));
    failures++;
    Duration own = Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
    return asked == null || own.compareTo(asked) > 0 ? own : asked.plus(jitter(asked));
  }

  private Duration jitter(Duration asked) {
    return Duration.ofMillis(random.nextLong(asked.toMillis() / 10 + 1));
  }
}
