package dev.claudometer.server.auth;

import java.time.Instant;

/// Counts requests against limits.
public interface RateLimits {

  /// Counts one more request.
  ///
  /// @param bucket whose: an account, an address, the digest of a key
  default Verdict take(Limit limit, String bucket) {
    return take(limit, bucket, 1);
  }

  /// Counts so many more; 0 only asks, less takes back.
  Verdict take(Limit limit, String bucket, long amount);

  /// Forgets what was counted: who proves to be the right one has not been guessing.
  void clear(Limit limit, String bucket);

  /// Whether a request is within its limit.
  ///
  /// @param remaining how many more may follow in this window
  /// @param resetAt when the window ends
  record Verdict(boolean allowed, int remaining, Instant resetAt, long retryAfterSeconds) {

    /// The verdict on the request that is the `count`th of its window.
    public static Verdict of(Limit limit, long count, Instant now, Instant resetAt) {
      long wait = Math.max(1, Math.ceilDiv(resetAt.toEpochMilli() - now.toEpochMilli(), 1_000));
      return new Verdict(
          count <= limit.requests(), (int) Math.max(0, limit.requests() - count), resetAt, wait);
    }
  }
}
