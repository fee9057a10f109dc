package dev.claudometer.store;

import java.time.Instant;

/// Half-open: `from` is in it, `to` is not.
public record TimeRange(Instant from, Instant to) {

  public static final TimeRange ALL =
      new TimeRange(Instant.ofEpochMilli(Long.MIN_VALUE), Instant.ofEpochMilli(Long.MAX_VALUE));
}
