package dev.claudometer.usage.window;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Whose usage filled a window: each step of its readings goes to what was used in it, in
/// proportion to what the weights say that it took; what they cannot explain, to others.
///
/// A reading is a multiple of its resolution, so a step may show what was used just before it or
/// after it. What is unexplained within one resolution is carried to the next step; what is more is
/// of others, all of it.
///
/// @param used millionths of the window: what `parts`, `foreign` and `before` come to
/// @param parts by response, in the order of the uses
/// @param before what was used before anybody told of the window
public record Division(
    Weights weights, long used, List<Long> parts, List<ForeignUse> foreign, long before) {

  private static final long WHOLE = 1_000_000;

  public Division {
    parts = List.copyOf(parts);
    foreign = List.copyOf(foreign);
  }

  /// Divides what filled a window.
  ///
  /// @param uses what counts in the window since it began, by time
  public static Division of(WindowCourse course, List<WindowUse> uses) {
    var dividing = new Dividing(course, uses);
    course.rises().forEach(dividing::divide);
    return new Division(
        dividing.weights,
        micros(course.used()),
        dividing.parts,
        dividing.foreign,
        micros(course.before()));
  }

  public long foreignMicros() {
    return foreign.stream().mapToLong(ForeignUse::micros).sum();
  }

  static long micros(double part) {
    return Math.round(part * WHOLE);
  }

  /// What was used within a rise.
  ///
  /// @param first index of its first use
  /// @param late index of the first use after the last word on what was before
  /// @param end index after its last use
  private record Span(int first, int late, int end) {}

  /// A window while its steps are divided one after the other.
  private static final class Dividing {

    private final WindowCourse course;
    private final List<WindowUse> uses;
    private final Weights weights;
    private final List<Span> spans = new ArrayList<>();
    private final List<Long> parts = new ArrayList<>();
    private final List<ForeignUse> foreign = new ArrayList<>();
    private Span last = new Span(0, 0, 0);
    private int step;
    private double level;

    /// What steps have risen beyond what was used; below zero while usage has not shown yet.
    private double gap;

    Dividing(WindowCourse course, List<WindowUse> uses) {
      this.course = course;
      this.uses = uses;
      uses.forEach(_ -> parts.add(0L));
      level = course.before();
      List<Weights.Step> steps = new ArrayList<>();
      int first = 0;
      for (Rise rise : course.rises()) {
        int late = end(first, rise.still());
        var span = new Span(first, late, end(late, rise.until()));
        spans.add(span);
        steps.add(new Weights.Step(rise.amount(), sum(first, late), sum(late, span.end)));
        first = span.end;
      }
      weights = Weights.of(steps, course.resolution());
    }

    private int end(int from, Instant until) {
      int end = from;
      while (end < uses.size() && !uses.get(end).at().isAfter(until)) {
        end++;
      }
      return end;
    }

    private WindowUse sum(int from, int to) {
      return uses.subList(from, to).stream().reduce(WindowUse.NONE, WindowUse::plus);
    }

    void divide(Rise rise) {
      Span span = spans.get(step++);
      double early = weights.of(sum(span.first, span.late));
      double shown = Math.min(early, course.resolution());
      double expected = shown + weights.of(sum(span.late, span.end));
      double others = others(rise.amount(), expected);
      double next = step == spans.size() ? course.used() : level + rise.amount();
      long micros = micros(next) - micros(level);
      level = next;
      long elsewhere = Math.clamp(micros(others), 0, micros);
      last = expected > 0 ? span : last;
      if (last.end == last.first) {
        elsewhere = micros;
      } else {
        share(micros - elsewhere, last, early > shown ? shown / early : 1);
      }
      if (elsewhere > 0) {
        add(new ForeignUse(from(rise), rise.until(), elsewhere));
      }
    }

    /// How much of a step is of others.
    private double others(double amount, double expected) {
      double resolution = course.resolution();
      if (expected == 0) {
        double shown = Math.min(amount, Math.max(0, -gap));
        gap += shown;
        return amount - shown;
      }
      gap = Math.max(gap + amount - expected, -resolution);
      double others = gap > resolution ? Math.min(gap, amount) : 0;
      gap -= others;
      return others;
    }

    /// Each by where its end falls among all: so the parts are whole and come to the sum.
    ///
    /// @param early what the weight of those before the last word is multiplied with
    private void share(long micros, Span span, double early) {
      double all = 0;
      for (int i = span.first; i < span.end; i++) {
        all += weight(i, span, early);
      }
      double sum = 0;
      long given = 0;
      for (int i = span.first; i < span.end && all > 0; i++) {
        sum += weight(i, span, early);
        long until = i == span.end - 1 ? micros : Math.round(micros * (sum / all));
        parts.set(i, parts.get(i) + until - given);
        given = until;
      }
    }

    private double weight(int use, Span span, double early) {
      return weights.of(uses.get(use)) * (use < span.late ? early : 1);
    }

    private Instant from(Rise rise) {
      return rise.amount() > Weights.MOST * course.resolution() ? rise.still() : rise.since();
    }

    private void add(ForeignUse next) {
      ForeignUse before = foreign.isEmpty() ? null : foreign.getLast();
      if (before != null && !next.from().isAfter(before.until())) {
        foreign.set(foreign.size() - 1, before.and(next));
      } else {
        foreign.add(next);
      }
    }
  }
}
