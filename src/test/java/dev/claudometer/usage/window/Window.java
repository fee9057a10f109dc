package dev.claudometer.usage.window;

import dev.claudometer.model.LimitReading;
import dev.claudometer.model.LimitStretch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A five-hour window of a test, from noon to five: its readings and what was used in it.
final class Window {

  static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  static final Instant FIVE = NOON.plusSeconds(18_000);
  static final Duration LENGTH = Duration.ofHours(5);

  private final List<LimitStretch> truths = new ArrayList<>();
  private final List<WindowUse> uses = new ArrayList<>();

  static Instant at(int minute) {
    return NOON.plusSeconds(60L * minute);
  }

  Window read(int minute, double percent) {
    return read(minute, minute, percent, FIVE);
  }

  /// @param last minute in which it was told last
  Window read(int minute, int last, double percent, @Nullable Instant resetsAt) {
    var reading = new LimitReading("five_hour", percent / 100, resetsAt, at(minute), "statusline");
    truths.add(new LimitStretch(reading, at(last)));
    return this;
  }

  /// Dollars of input.
  Window used(int minute, double dollars) {
    return used(new WindowUse(at(minute), dollars, 0, 0, 0));
  }

  Window used(WindowUse use) {
    uses.add(use);
    uses.sort(Comparator.comparing(WindowUse::at));
    return this;
  }

  List<WindowUse> uses() {
    return uses;
  }

  WindowCourse course() {
    WindowCourse course = WindowCourse.of(truths, LENGTH);
    if (course == null) {
      throw new IllegalStateException("nothing was read");
    }
    return course;
  }

  Division division() {
    WindowCourse course = course();
    return Division.of(
        course, uses.stream().filter(use -> !use.at().isBefore(course.began())).toList());
  }
}
