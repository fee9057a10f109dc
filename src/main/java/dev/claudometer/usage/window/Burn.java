package dev.claudometer.usage.window;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How fast a window was filling in the last hour, by what was used in it.
///
/// @param ours of the window, of 1, by what was counted here
/// @param foreign by others
/// @param level how full the window is now: as it was told last, and what was used since
/// @param fullAt when it is full if the last hour's pace continues; null where it resets before
public record Burn(double ours, double foreign, double level, @Nullable Instant fullAt) {

  private static final Duration HOUR = Duration.ofHours(1);

  /// Null where nothing filled it, nobody knows what usage takes of it, or it has ended.
  public static @Nullable Burn of(
      WindowCourse course, Division division, List<WindowUse> uses, Instant now) {
    Instant resetsAt = course.resetsAt();
    Weights weights = division.weights();
    if (!weights.known() || (resetsAt != null && !resetsAt.isAfter(now))) {
      return null;
    }
    Instant since = now.minus(HOUR);
    double ours = after(since, uses, weights);
    double foreign = division.foreign().stream().mapToDouble(part -> after(since, part)).sum();
    double rate = ours + foreign;
    double level = course.used() + after(course.told(), uses, weights);
    return rate > 0 ? new Burn(ours, foreign, level, full(level, rate, now, resetsAt)) : null;
  }

  private static double after(Instant since, List<WindowUse> uses, Weights weights) {
    return uses.stream().filter(use -> use.at().isAfter(since)).mapToDouble(weights::of).sum();
  }

  /// As if it had come evenly.
  private static double after(Instant since, ForeignUse part) {
    Instant from = part.from().isAfter(since) ? part.from() : since;
    double whole = Math.max(1, Duration.between(part.from(), part.until()).toMillis());
    double within = Math.max(0, Duration.between(from, part.until()).toMillis());
    return part.micros() / 1e6 * Math.min(1, within / whole);
  }

  private static @Nullable Instant full(
      double level, double rate, Instant now, @Nullable Instant resetsAt) {
    if (level >= 1) {
      return now;
    }
    double hours = (1 - level) / rate;
    if (hours > 24 * 365) {
      return null;
    }
    Instant full = now.plusMillis(Math.round(hours * HOUR.toMillis()));
    return resetsAt == null || full.isBefore(resetsAt) ? full : null;
  }
}
