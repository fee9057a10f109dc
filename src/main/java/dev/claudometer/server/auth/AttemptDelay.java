package dev.claudometer.server.auth;

import java.time.Duration;

/// How many attempts at a secret are free within a day; after each further one somebody has to wait
/// twice as long as before: one minute, 2, 4, … and a day at most.
///
/// @param name keeps counts apart
public record AttemptDelay(String name, int free) {

  /// At an account, from one network; or by the holder of something that a stranger does not have.
  public static final AttemptDelay PLACE = new AttemptDelay("place", 5);

  /// At whatever account, from one network.
  public static final AttemptDelay NETWORK = new AttemptDelay("network", 30);

  /// At an account, from everywhere.
  public static final AttemptDelay ACCOUNT = new AttemptDelay("account", 100);

  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final int MOST_DOUBLINGS = 11;
  private static final int COUNTED = 1_000_000;

  /// Counts an attempt that is about to be made.
  ///
  /// @return how many seconds to wait instead; 0 where it may be made
  public long begin(RateLimits limits, String bucket) {
    RateLimits.Verdict closed = limits.take(wait(Duration.ofSeconds(1)), bucket, 0);
    if (!closed.allowed()) {
      return closed.retryAfterSeconds();
    }
    int attempts = COUNTED - limits.take(counted(), bucket).remaining();
    if (attempts >= free) {
      Limit wait = wait(delay(attempts - free));
      limits.clear(wait, bucket);
      limits.take(wait, bucket);
    }
    return 0;
  }

  private static Duration delay(int beyond) {
    Duration delay = FIRST.multipliedBy(1L << Math.min(beyond, MOST_DOUBLINGS));
    return delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
  }

  /// The attempt was right: the place has not been guessing.
  public void forget(RateLimits limits, String bucket) {
    limits.clear(counted(), bucket);
    limits.clear(wait(FIRST), bucket);
  }

  /// The attempt was right; others may have been guessing.
  public void takeBack(RateLimits limits, String bucket) {
    limits.take(counted(), bucket, -1);
  }

  private Limit counted() {
    return new Limit(name + "-attempts", COUNTED, LONGEST);
  }

  /// Nothing may be done as long as such a window is open.
  private Limit wait(Duration length) {
    return new Limit(name + "-wait", 0, length);
  }
}
