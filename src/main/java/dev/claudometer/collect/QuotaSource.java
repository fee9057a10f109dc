package dev.claudometer.collect;

import dev.claudometer.fetch.Answer;
import dev.claudometer.model.QuotaReadings;
import java.time.Duration;
import java.time.Instant;

/// A source of quotas.
///
/// @param name what it is called where it is remembered how it went
/// @param pause it is not asked oftener
/// @param retry when a person may have it asked again where it has failed
/// @param spared whether it is not asked while the status line tells of the same
public record QuotaSource(
    String name, Duration pause, Duration retry, boolean spared, Asking asking) {

  /// Asks it.
  public interface Asking {
    Answer<QuotaReadings> ask(Instant now) throws InterruptedException;
  }
}
