package dev.claudometer;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Today, for tests that another program's clock takes part in, so that none can be put anywhere.
public final class SameDay {

  /// Longer than any such test takes.
  private static final Duration TEST = Duration.ofMinutes(15);

  private SameDay() {}

  /// The beginning of today (UTC). Shortly before its end the test is skipped, and says so: half of
  /// what it asks would be of tomorrow.
  public static Instant today() {
    Instant now = Instant.now();
    Instant today = now.truncatedTo(ChronoUnit.DAYS);
    assumeTrue(
        now.plus(TEST).truncatedTo(ChronoUnit.DAYS).equals(today),
        "the day (UTC) is about to end: run it again after midnight");
    return today;
  }
}
