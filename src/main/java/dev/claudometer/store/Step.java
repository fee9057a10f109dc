package dev.claudometer.store;

import java.time.Duration;

/// How a series cuts time: into hours or days, as clocks that are ahead of UTC by an offset show
/// them.
///
/// @param length a multiple of a quarter hour
/// @param offset what local clocks are ahead of UTC, in whole quarter hours
public record Step(Duration length, Duration offset) {

  public static Step hours() {
    return new Step(Duration.ofHours(1), Duration.ZERO);
  }

  public static Step days(Duration offset) {
    return new Step(Duration.ofDays(1), offset);
  }
}
