package dev.claudometer.usage.window;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What usage takes of a window, found from the window's own readings.
///
/// @param written of the window, of 1, for a dollar of it at list prices; so the next two
/// @param unpriced for a million tokens of models without a price
/// @param steps from how many steps of the readings
/// @param error the steps' usual distance from what the weights say, of 1; null where there are not
///   more steps than weights
public record Weights(
    double written,
    double output,
    double read,
    double unpriced,
    int steps,
    @Nullable Double error) {

  static final Weights NONE = new Weights(0, 0, 0, 0, 0, null);

  /// Of models without a price, to begin with: no step with them is too large.
  private static final double UNKNOWN = Double.POSITIVE_INFINITY;

  /// Steps that others may have caused are left out, which makes others stand out: found again with
  /// what is left until nothing changes, or this often.
  private static final int ROUNDS = 20;

  /// A step of more than one resolution, whatever its last digit is.
  static final double MOST = 1.5;

  /// Three weights need this many steps ...
  private static final int PLENTY = 12;

  /// ... and have to come so much closer than one.
  private static final double CLOSER = 0.9;

  /// A step and what was used in it.
  ///
  /// @param early what was used before the last word on what had been before
  /// @param late what was used since that
  record Step(double amount, WindowUse early, WindowUse late) {

    WindowUse all() {
      return early.plus(late);
    }

    /// What has to be the cause of it, if it is ours: early use shows in less than the resolution.
    private double cause(double resolution) {
      return amount > MOST * resolution && size(late) > 0 ? size(late) : size(all());
    }
  }

  /// @param resolution by how much a step may be off
  static Weights of(List<Step> steps, double resolution) {
    List<Step> used = steps.stream().filter(step -> size(step.all()) > 0).toList();
    if (used.isEmpty()) {
      return NONE;
    }
    double usual = usual(used, resolution);
    var first = new Weights(usual, usual, usual, UNKNOWN, 0, null);
    Weights one = settled(first, used, false, resolution);
    return used.size() < PLENTY
        ? one
        : one.orCloser(settled(fit(used, true), used, true, resolution));
  }

  /// Found again with the steps that it explains, until nothing changes.
  private static Weights settled(Weights first, List<Step> used, boolean apart, double resolution) {
    Weights weights = first;
    List<Step> kept = List.of();
    for (int round = 0; round < ROUNDS; round++) {
      Weights found = weights;
      List<Step> ours = used.stream().filter(step -> found.explain(step, resolution)).toList();
      if (ours.equals(kept) || ours.isEmpty()) {
        break;
      }
      kept = ours;
      weights = fit(ours, apart);
    }
    return weights.unpriced == UNKNOWN
        ? new Weights(weights.written, weights.output, weights.read, 0, 0, null)
        : weights;
  }

  private Weights orCloser(Weights three) {
    boolean more = three.steps > steps;
    boolean closer = three.steps == steps && distance(three) < CLOSER * distance(this);
    return more || closer ? three : this;
  }

  private static double distance(Weights weights) {
    Double error = weights.error();
    return error == null ? 0 : error;
  }

  /// What models without a price used counts as a dollar for a million tokens, to begin with.
  private static double size(WindowUse use) {
    return use.dollars() + use.unpriced();
  }

  /// The median of what steps took for a dollar, each counted by its dollars: as long as others
  /// caused less than half, it is a step of ours.
  private static double usual(List<Step> steps, double resolution) {
    List<Step> sorted =
        steps.stream()
            .sorted(Comparator.comparingDouble(step -> step.amount() / step.cause(resolution)))
            .toList();
    double half = steps.stream().mapToDouble(step -> step.cause(resolution)).sum() / 2;
    double sum = 0;
    for (Step step : sorted) {
      sum += step.cause(resolution);
      if (sum >= half) {
        return step.amount() / step.cause(resolution);
      }
    }
    throw new IllegalStateException("a sum that is below its half");
  }

  private boolean explain(Step step, double resolution) {
    boolean unknown = unpriced == UNKNOWN && step.all().unpriced() > 0;
    return unknown
        || (step.amount() - of(step.all()) <= resolution && of(step.early()) <= resolution);
  }

  private static Weights fit(List<Step> steps, boolean apart) {
    boolean unpriced = steps.stream().anyMatch(step -> step.all().unpriced() > 0);
    List<double[]> rows = new ArrayList<>();
    steps.forEach(step -> rows.add(columns(step.all(), apart, unpriced)));
    double[] observed = steps.stream().mapToDouble(Step::amount).toArray();
    LeastSquares squares = LeastSquares.of(rows, observed);
    List<Double> found = squares.weights();
    int free = steps.size() - found.size();
    Double error = free < 1 ? null : (Double) Math.sqrt(squares.squares() / free);
    double last = unpriced ? found.getLast() : 0;
    return apart
        ? new Weights(found.get(0), found.get(1), found.get(2), last, steps.size(), error)
        : new Weights(found.get(0), found.get(0), found.get(0), last, steps.size(), error);
  }

  private static double[] columns(WindowUse use, boolean apart, boolean unpriced) {
    List<Double> columns = new ArrayList<>();
    if (apart) {
      columns.addAll(List.of(use.written(), use.output(), use.read()));
    } else {
      columns.add(use.dollars());
    }
    if (unpriced) {
      columns.add(use.unpriced());
    }
    return columns.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /// What some usage takes of the window, of 1.
  public double of(WindowUse use) {
    return written * use.written()
        + output * use.output()
        + read * use.read()
        + (use.unpriced() > 0 ? unpriced * use.unpriced() : 0);
  }

  /// Whether usage is known to take something.
  public boolean known() {
    return written > 0 || output > 0 || read > 0 || unpriced > 0;
  }
}
