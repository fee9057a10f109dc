package dev.claudometer.server.web.glance;

import dev.claudometer.server.api.StateApi;
import dev.claudometer.server.api.StateApi.Limit;
import dev.claudometer.server.web.table.Escaped;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.WindowName;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A plan window as a bar.
///
/// @param percent `96 %`, or what is known instead
/// @param length of its bar, of 100
/// @param level `calm`, `warm` from 80 %, `hot` from 95 %
/// @param coming when it is full, else when it resets
public record Gauge(
    String name, String window, String percent, String length, String level, String coming) {

  private static final int MOST = 5;
  private static final double WARM = 0.8;
  private static final double HOT = 0.95;

  private record Window(Limit limit, @Nullable Instant fullAt) {

    private double used() {
      return limit.utilization() == null ? -1 : limit.utilization();
    }
  }

  /// The windows in most danger: those that will be full before they reset, the fullest first.
  public static List<Gauge> of(StateApi state, List<Limit> limits, Instant now) {
    return limits.stream()
        .filter(limit -> limit.utilization() != null)
        .sorted(Comparator.comparingDouble((Limit limit) -> used(limit)).reversed())
        .limit(MOST)
        .map(limit -> new Window(limit, state.fullAt(limit, now)))
        .sorted(
            Comparator.comparing(Window::fullAt, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(Comparator.comparingDouble(Window::used).reversed()))
        .map(window -> gauge(window, now))
        .toList();
  }

  private static double used(Limit limit) {
    return limit.utilization() == null ? -1 : limit.utilization();
  }

  private static Gauge gauge(Window window, Instant now) {
    double used = window.used();
    return new Gauge(
        Escaped.name(window.limit().name()),
        WindowName.words(window.limit().window()),
        Figures.percent(used),
        String.format(Locale.ROOT, "%.1f", Math.clamp(used * 100, 0, 100)),
        used >= HOT ? "hot" : used >= WARM ? "warm" : "calm",
        coming(window, now));
  }

  private static String coming(Window window, Instant now) {
    Instant full = window.fullAt();
    Instant resets = window.limit().resetsAt();
    if (full != null && full.isAfter(now)) {
      return "full in " + about(Duration.between(now, full));
    }
    return resets == null || !resets.isAfter(now)
        ? "read " + Figures.ago(window.limit().at(), now)
        : "resets in " + about(Duration.between(now, resets));
  }

  /// `4 h 12 min`, `12 h`: of ten hours nobody needs the minutes.
  private static String about(Duration length) {
    return length.toHours() < 10 || length.toHours() >= 48
        ? Figures.span(length)
        : Math.round(length.toMinutes() / 60.0) + " h";
  }
}
