package dev.claudometer.app.answer;

import java.time.Instant;
import java.time.InstantSource;

/// A clock that knows whether somebody has looked at it: whose answer does not depend on the time
/// has not.
final class WatchedClock implements InstantSource {

  private final InstantSource clock;
  private volatile boolean read;

  WatchedClock(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Instant instant() {
    read = true;
    return clock.instant();
  }

  boolean read() {
    return read;
  }
}
