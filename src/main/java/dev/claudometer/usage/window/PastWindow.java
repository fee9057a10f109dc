package dev.claudometer.usage.window;

import dev.claudometer.model.LimitReading;
import dev.claudometer.model.LimitStretch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How full a window became before it ended.
///
/// @param most of the window, of 1: as far as anybody read it
/// @param fullAt when it was first told to be full; null where it was not
public record PastWindow(Instant began, Instant ended, double most, @Nullable Instant fullAt) {

  /// The windows that have ended, by time. One that was reset early is told as one.
  ///
  /// @param truths what was true, by time
  public static List<PastWindow> of(List<LimitStretch> truths, Duration length, Instant now) {
    List<PastWindow> past = new ArrayList<>();
    for (LimitStretch truth : truths) {
      LimitReading reading = truth.reading();
      Instant ends = reading.resetsAt();
      if (ends == null || ends.isAfter(now)) {
        continue;
      }
      PastWindow last = past.isEmpty() ? null : past.getLast();
      if (last != null && Objects.equals(last.ended, ends)) {
        past.set(past.size() - 1, last.with(reading));
      } else {
        past.add(new PastWindow(ends.minus(length), ends, 0, null).with(reading));
      }
    }
    return List.copyOf(past);
  }

  private PastWindow with(LimitReading reading) {
    boolean full = fullAt == null && reading.utilization() >= 1;
    return new PastWindow(
        began, ended, Math.max(most, reading.utilization()), full ? reading.at() : fullAt);
  }

  /// How long nobody could go on.
  public Duration blocked() {
    return fullAt == null || fullAt.isAfter(ended)
        ? Duration.ZERO
        : Duration.between(fullAt, ended);
  }

  /// How full a window of another size would have become, if usage had gone on until its end as it
  /// had until it was full; where it never was full, that is what was used and no guess.
  ///
  /// @param times as large
  public double within(double times) {
    if (fullAt == null || !fullAt.isAfter(began)) {
      return most / times;
    }
    double whole = Duration.between(began, ended).toMillis();
    double until = Duration.between(began, fullAt).toMillis();
    return Math.max(most, whole / until) / times;
  }
}
