package dev.claudometer.usage;

import dev.claudometer.model.LimitReading;
import dev.claudometer.model.LimitStretch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where a plan window is heading, if it goes on as it did since it began, or as long as it has
/// been read.
///
/// @param perHour how much of the window is used up in an hour
/// @param readings how many readings this comes from
/// @param over the time between the first and the last of them
/// @param fullAt when nothing is left; null where that is not before the window begins anew
public record LimitForecast(double perHour, int readings, Duration over, @Nullable Instant fullAt) {

  /// Less than this says nothing about hours.
  private static final Duration LEAST = Duration.ofMinutes(5);

  private static final double HOUR_MILLIS = 3_600_000;

  /// A forecast from what was true of a window, by time; null where that says too little, or is of
  /// a window that has ended.
  public static @Nullable LimitForecast of(List<LimitStretch> truths, Instant now) {
    List<LimitReading> history = LimitStretch.readings(truths);
    if (history.isEmpty()) {
      return null;
    }
    LimitReading last = history.getLast();
    Instant resetsAt = last.resetsAt();
    int first = first(history);
    Duration over = Duration.between(history.get(first).at(), last.at());
    if (over.compareTo(LEAST) < 0 || last.over(now)) {
      return null;
    }
    double rise = last.utilization() - history.get(first).utilization();
    double perHour = rise / over.toMillis() * HOUR_MILLIS;
    return new LimitForecast(perHour, history.size() - first, over, full(last, perHour, resetsAt));
  }

  /// The first reading of the window that the last one is of: it resets at the same time, and never
  /// falls.
  private static int first(List<LimitReading> history) {
    int first = history.size() - 1;
    while (first > 0 && same(history.get(first - 1), history.get(first))) {
      first--;
    }
    return first;
  }

  private static boolean same(LimitReading earlier, LimitReading later) {
    return Objects.equals(earlier.resetsAt(), later.resetsAt())
        && earlier.utilization() <= later.utilization();
  }

  private static @Nullable Instant full(
      LimitReading last, double perHour, @Nullable Instant resetsAt) {
    if (last.utilization() >= 1) {
      return last.at();
    }
    double hours = (1 - last.utilization()) / perHour;
    if (!(perHour > 0) || hours > 24 * 365) {
      return null;
    }
    Instant full = last.at().plusMillis(Math.round(hours * HOUR_MILLIS));
    return resetsAt == null || full.isBefore(resetsAt) ? full : null;
  }
}
