package dev.claudometer.server.api.people;

import dev.claudometer.server.auth.Limit;
import dev.claudometer.server.auth.RateLimits;
import dev.claudometer.server.http.Problem;

/// How often somebody may try a secret.
public final class Attempts {

  private final RateLimits limits;

  public Attempts(RateLimits limits) {
    this.limits = limits;
  }

  /// Counts one more.
  ///
  /// @param bucket whose: `account …`, `address …`
  /// @throws Problem 429 where there were too many
  void count(String bucket, String what) {
    RateLimits.Verdict verdict = limits.take(Limit.LOGIN, bucket);
    if (!verdict.allowed()) {
      throw Problem.later(
          429,
          what + ": try again in " + Math.ceilDiv(verdict.retryAfterSeconds(), 60) + " minutes",
          verdict.retryAfterSeconds(),
          null);
    }
  }

  /// Who proves to be the right one has not been guessing.
  void clear(String bucket) {
    limits.clear(Limit.LOGIN, bucket);
  }
}
