package dev.claudometer.metric;

import java.util.Arrays;
import java.util.List;

/// What a series holds.
public sealed interface Value {

  /// An exact decimal: `units` divided by ten to the power of `scale`. Dollars have scale 9.
  record Exact(long units, int scale) implements Value {

    public static Exact of(long number) {
      return new Exact(number, 0);
    }

    Exact plus(Exact other) {
      return new Exact(Math.addExact(units, other.units), scale);
    }

    double real() {
      return units / Math.pow(10, scale);
    }
  }

  /// A ratio or another number that is no decimal.
  record Real(double number) implements Value {}

  /// How many values lie between the bounds of the family: one count more than there are bounds.
  record Distribution(List<Long> counts, Exact sum) implements Value {

    public Distribution {
      counts = List.copyOf(counts);
    }

    Distribution plus(Distribution other) {
      Long[] both = new Long[counts.size()];
      Arrays.setAll(both, i -> counts.get(i) + other.counts.get(i));
      return new Distribution(List.of(both), sum.plus(other.sum));
    }
  }

  /// Quantiles of what came lately, none where nothing came; count and sum of all that ever came.
  record Quantiles(List<Quantile> quantiles, long count, Exact sum) implements Value {

    public Quantiles {
      quantiles = List.copyOf(quantiles);
    }

    Quantiles plus(Quantiles other) {
      return new Quantiles(List.of(), count + other.count, sum.plus(other.sum));
    }
  }

  /// A value that a share of all values do not exceed.
  record Quantile(double share, double value) {}

  /// This value and another of the same family as one.
  default Value fold(Value other, Fold fold) {
    return switch (fold) {
      case FIRST -> this;
      case ADD -> sum(this, other);
      case LARGEST -> number(other) > number(this) ? other : this;
    };
  }

  private static Value sum(Value one, Value other) {
    return switch (one) {
      case Exact exact when other instanceof Exact more -> exact.plus(more);
      case Distribution all when other instanceof Distribution more -> all.plus(more);
      case Quantiles all when other instanceof Quantiles more -> all.plus(more);
      default -> new Real(number(one) + number(other));
    };
  }

  private static double number(Value value) {
    return switch (value) {
      case Exact exact -> exact.real();
      case Real(double number) -> number;
      case Distribution all -> all.sum().real();
      case Quantiles all -> all.sum().real();
    };
  }
}
