package dev.claudometer.server.web.table;

import dev.claudometer.model.Usd;
import dev.claudometer.reconcile.DifferenceCause;
import dev.claudometer.reconcile.Part;
import dev.claudometer.reconcile.Reconciliation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// From what was counted to what was billed: each step stands where the one before it ends. Places
/// are shares of the drawing's width in percent, and pixels from its top.
///
/// @param foot where the names of bars begin
/// @param base what stands at the bottom, where that is not zero; else empty
public record Waterfall(List<Bar> bars, List<Line> lines, String base, String foot) {

  public static final int HEIGHT = 300;

  private static final double TOP = 24;
  private static final double BOTTOM = 238;
  private static final double BREAK = 16;
  private static final double PERCENT = 100;
  private static final int LETTERS = 12;

  /// Where more than this share of all bars is the same, the axis is cut.
  private static final double MOSTLY = 0.5;

  /// A step.
  ///
  /// @param kind `sum`, `plus`, `minus` or `unknown`
  /// @param name in as many lines as it takes
  /// @param end where the next one goes on
  public record Bar(
      String kind,
      List<String> name,
      String figure,
      String left,
      String width,
      String middle,
      String top,
      String height,
      String label,
      String end,
      String right,
      String next) {}

  /// A line of the axis.
  public record Line(String y, String figure) {}

  private record Step(String kind, String name, double from, double to, double amount) {

    double low() {
      return kind.equals("sum") ? to : Math.min(from, to);
    }

    double high() {
      return Math.max(from, to);
    }
  }

  /// Of a difference that is known.
  public static Waterfall of(Reconciliation answer, Figures figures) {
    List<Step> steps = steps(answer, figures);
    double high = steps.stream().mapToDouble(Step::high).max().orElse(0);
    double low = steps.stream().mapToDouble(Step::low).min().orElse(0);
    boolean cut = low > high * MOSTLY;
    Ticks ticks = Ticks.of(cut ? low - (high - low) / 4 : Math.min(0, low), Math.max(high, 0.01));
    boolean broken = cut && ticks.first() > 0;
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      bars.add(bar(steps.get(i), i, steps.size(), ticks, broken, figures));
    }
    List<Line> lines =
        new ArrayList<>(
            ticks.values().stream()
                .map(
                    value ->
                        new Line(pixels(y(ticks, value)), new SignedAmounts(figures).brief(value)))
                .toList());
    if (broken) {
      lines.add(new Line(pixels(BOTTOM + BREAK), new SignedAmounts(figures).brief(0)));
    }
    return new Waterfall(
        bars,
        lines,
        broken ? new SignedAmounts(figures).brief(ticks.first()) : "",
        pixels(broken ? BOTTOM + BREAK + 8 : BOTTOM + 8));
  }

  private static List<Step> steps(Reconciliation answer, Figures figures) {
    List<Step> steps = new ArrayList<>();
    double level = amount(answer.counted().known(), figures);
    steps.add(new Step("sum", "Counted here", 0, level, level));
    for (Part part : answer.parts() == null ? List.<Part>of() : answer.parts()) {
      double amount = amount(part.amount(), figures);
      steps.add(new Step(kind(part), label(part.cause()), level, level + amount, amount));
      level += amount;
    }
    steps.add(new Step("sum", "Billed", 0, level, level));
    return steps;
  }

  private static double amount(@Nullable Usd amount, Figures figures) {
    return amount == null ? 0 : figures.amount(amount).doubleValue();
  }

  private static String kind(Part part) {
    return part.cause() == DifferenceCause.UNKNOWN
        ? "unknown"
        : part.amount().nanos() < 0 ? "minus" : "plus";
  }

  /// What a bar has room for.
  private static String label(DifferenceCause cause) {
    return switch (cause) {
      case WITHOUT_AGENT -> "Without an agent";
      case NOT_COUNTED -> "Not counted";
      case UNPRICED -> "Without a price";
      case UNKNOWN -> "Unexplained";
      case REGION -> "In a region";
      default -> cause.title();
    };
  }

  private static Bar bar(
      Step step, int at, int count, Ticks ticks, boolean broken, Figures figures) {
    double column = PERCENT / count;
    double left = column * (at + 0.19);
    double width = column * 0.62;
    boolean sum = step.kind().equals("sum");
    double top = y(ticks, step.high());
    double floor = broken ? BOTTOM + BREAK : y(ticks, Math.max(0, ticks.first()));
    double bottom = sum ? Math.max(floor, top) : y(ticks, step.low());
    return new Bar(
        step.kind(),
        lines(step.name()),
        sum
            ? new SignedAmounts(figures).beside(step.amount())
            : new SignedAmounts(figures).besideSigned(step.amount()),
        percent(left),
        percent(width),
        percent(left + width / 2),
        pixels(top),
        pixels(Math.max(bottom - top, 2)),
        pixels(top - 7),
        pixels(y(ticks, step.to())),
        percent(left + width),
        percent(Math.min(PERCENT, left + column)));
  }

  private static double y(Ticks ticks, double value) {
    return BOTTOM - ticks.share(value) * (BOTTOM - TOP);
  }

  private static List<String> lines(String name) {
    List<String> lines = new ArrayList<>();
    for (String word : name.split(" ", -1)) {
      int last = lines.size() - 1;
      if (last >= 0 && lines.get(last).length() + word.length() < LETTERS) {
        lines.set(last, lines.get(last) + " " + word);
      } else {
        lines.add(word);
      }
    }
    return lines;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f%%", share);
  }

  private static String pixels(double length) {
    return String.format(Locale.ROOT, "%.1f", length);
  }
}
