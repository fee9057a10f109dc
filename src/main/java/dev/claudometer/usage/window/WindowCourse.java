package dev.claudometer.usage.window;

import dev.claudometer.model.LimitReading;
import dev.claudometer.model.LimitStretch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How a window filled, from when it began to its last reading.
///
/// @param began when it began; when it was first told of where nobody says when it ends
/// @param told when it was told last
/// @param used how full it was then
/// @param resolution what readings are multiples of: a hundredth, or less where they are finer
/// @param before what was used when it was first told of, where nobody says since when; or before
///   responses were kept; else 0
/// @param rises to `used`, less `before`, together
public record WindowCourse(
    Instant began,
    @Nullable Instant resetsAt,
    Instant told,
    double used,
    double resolution,
    double before,
    List<Rise> rises,
    List<Turn> turns) {

  private static final double HUNDREDTH = 0.01;
  private static final double FINER = 0.001;

  public WindowCourse {
    rises = List.copyOf(rises);
    turns = List.copyOf(turns);
  }

  /// The course of the window that was told of last; null where none was.
  ///
  /// @param truths what was true, by time
  public static @Nullable WindowCourse of(List<LimitStretch> truths, Duration length) {
    if (truths.isEmpty()) {
      return null;
    }
    Set<Instant> others = others(truths);
    if (others.isEmpty()) {
      return ofOneAccount(truths, length);
    }
    WindowCourse course =
        ofOneAccount(
            truths.stream().filter(truth -> !others.contains(end(truth))).toList(), length);
    return course.with(
        truths.stream()
            .filter(truth -> others.contains(end(truth)))
            .filter(truth -> !truth.last().isBefore(course.began()))
            .map(WindowCourse::ofAnother)
            .limit(1)
            .toList());
  }

  /// The ends of windows that were told of between readings of the last one. A window does not come
  /// back: who logs in with two accounts on a machine tells of two windows in turns.
  private static Set<Instant> others(List<LimitStretch> truths) {
    Instant resetsAt = end(truths.getLast());
    int first = 0;
    while (!end(truths.get(first)).equals(resetsAt)) {
      first++;
    }
    return truths.subList(first, truths.size()).stream()
        .map(WindowCourse::end)
        .filter(end -> !end.equals(resetsAt) && !end.equals(Instant.MAX))
        .collect(Collectors.toSet());
  }

  /// The latest of all where nobody says when.
  private static Instant end(LimitStretch truth) {
    return Objects.requireNonNullElse(truth.reading().resetsAt(), Instant.MAX);
  }

  private static Turn ofAnother(LimitStretch truth) {
    LimitReading reading = truth.reading();
    return new Turn(
        reading.at(),
        Turn.Kind.ANOTHER_ACCOUNT,
        reading.utilization(),
        reading.utilization(),
        reading.resetsAt());
  }

  private WindowCourse with(List<Turn> more) {
    List<Turn> all = new ArrayList<>(turns);
    all.addAll(more);
    return new WindowCourse(began, resetsAt, told, used, resolution, before, rises, all);
  }

  private static WindowCourse ofOneAccount(List<LimitStretch> truths, Duration length) {
    Instant resetsAt = truths.getLast().reading().resetsAt();
    int first = truths.size() - 1;
    while (first > 0 && Objects.equals(truths.get(first - 1).reading().resetsAt(), resetsAt)) {
      first--;
    }
    Instant began = truths.get(first).reading().at();
    if (resetsAt != null && resetsAt.minus(length).isBefore(began)) {
      began = resetsAt.minus(length);
    }
    var course = new Filling(began, resetsAt == null);
    if (first > 0) {
      course.turns.add(beginning(truths.get(first - 1), truths.get(first).reading()));
    }
    truths.subList(first, truths.size()).forEach(course::hear);
    return course.whole(truths, resetsAt);
  }

  /// The same where responses before a time are no longer stored: what was used until then is
  /// nobody's.
  public WindowCourse keptFrom(Instant horizon) {
    List<Rise> gone = rises.stream().filter(rise -> rise.since().isBefore(horizon)).toList();
    return new WindowCourse(
        began,
        resetsAt,
        told,
        used,
        resolution,
        before + gone.stream().mapToDouble(Rise::amount).sum(),
        rises.subList(gone.size(), rises.size()),
        turns);
  }

  /// How the window came to begin.
  private static Turn beginning(LimitStretch earlier, LimitReading reading) {
    Instant expected = earlier.reading().resetsAt();
    Instant resetsAt = reading.resetsAt();
    Turn.Kind kind =
        expected == null || !reading.at().isBefore(expected)
            ? Turn.Kind.RESET
            : resetsAt != null && resetsAt.isBefore(expected)
                ? Turn.Kind.MOVED
                : Turn.Kind.EARLY_RESET;
    return new Turn(
        reading.at(), kind, earlier.reading().utilization(), reading.utilization(), expected);
  }

  /// A window while its readings are heard one after the other.
  private static final class Filling {

    private Instant began;
    private Instant since;
    private Instant still;
    private double level;
    private double before;
    private boolean unsaid;
    private List<Rise> rises = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();

    /// @param unsaid whether nobody says since when it runs
    Filling(Instant began, boolean unsaid) {
      this.began = began;
      this.unsaid = unsaid;
      since = began;
      still = began;
    }

    void hear(LimitStretch stretch) {
      LimitReading reading = stretch.reading();
      double next = reading.utilization();
      if (unsaid) {
        before = next;
        unsaid = false;
      } else if (next > level) {
        rises.add(new Rise(since, still, reading.at(), next - level));
      } else if (next < level) {
        fall(reading);
      }
      level = next;
      since = reading.at();
      still = stretch.last();
    }

    private void fall(LimitReading reading) {
      double after = reading.utilization();
      double factor = after / level;
      if (after <= HUNDREDTH) {
        turns.add(turn(Turn.Kind.EARLY_RESET, reading));
        began = reading.at();
        rises = new ArrayList<>();
        before = after;
      } else {
        turns.add(turn(Turn.Kind.RAISED, reading));
        rises.replaceAll(rise -> rise.times(factor));
        before *= factor;
      }
    }

    private Turn turn(Turn.Kind kind, LimitReading reading) {
      return new Turn(reading.at(), kind, level, reading.utilization(), reading.resetsAt());
    }

    WindowCourse whole(List<LimitStretch> truths, @Nullable Instant resetsAt) {
      return new WindowCourse(
          began,
          resetsAt,
          truths.getLast().last(),
          level,
          truths.stream().allMatch(truth -> whole(truth.reading().utilization() / HUNDREDTH))
              ? HUNDREDTH
              : FINER,
          before,
          rises,
          turns);
    }

    private static boolean whole(double number) {
      return Math.abs(number - Math.rint(number)) < 1e-6;
    }
  }
}
