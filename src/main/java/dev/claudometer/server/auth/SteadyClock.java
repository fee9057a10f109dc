package dev.claudometer.server.auth;

import java.time.Instant;
import java.time.InstantSource;

/// A clock that is never set: it begins with the time of day and goes on with the machine's uptime.
/// What is limited in time is limited by it, so that a clock that is put back locks nobody out.
public final class SteadyClock implements InstantSource {

  private final Instant begin;
  private final long beginNanos = System.nanoTime();

  /// @param wall is asked once
  public SteadyClock(InstantSource wall) {
    begin = wall.instant();
  }

  @Override
  public Instant instant() {
    return begin.plusNanos(System.nanoTime() - beginNanos);
  }
}
