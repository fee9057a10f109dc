package dev.claudometer.usage.window;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Weights of few columns, none below zero, that come closest to what was observed.
///
/// Of all sets of columns that are left when some weights are zero, the one with the smallest sum
/// of squares whose own solution is not negative: for few columns that is exact, and the same each
/// time.
///
/// @param weights by column
/// @param squares sum of the squares that remain
record LeastSquares(List<Double> weights, double squares) {

  /// A column this much smaller than the largest is taken for one that others make up.
  private static final double SINGULAR = 1e-12;

  /// @param rows each with the same few columns
  /// @param observed by row
  static LeastSquares of(List<double[]> rows, double[] observed) {
    int columns = rows.isEmpty() ? 0 : rows.getFirst().length;
    LeastSquares best = left(new double[columns], rows, observed);
    for (int set = 1; set < 1 << columns; set++) {
      double[] weights = solution(set, columns, rows, observed);
      if (weights != null) {
        LeastSquares other = left(weights, rows, observed);
        best = other.squares < best.squares ? other : best;
      }
    }
    return best;
  }

  private static LeastSquares left(double[] weights, List<double[]> rows, double[] observed) {
    double squares = 0;
    for (int i = 0; i < observed.length; i++) {
      double difference = observed[i] - product(weights, rows.get(i));
      squares += difference * difference;
    }
    return new LeastSquares(Arrays.stream(weights).boxed().toList(), squares);
  }

  private static double product(double[] weights, double[] row) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * row[i];
    }
    return sum;
  }

  /// The normal equations of a set of columns, solved; null where they have no solution, or one
  /// that is negative.
  private static double @Nullable [] solution(
      int set, int columns, List<double[]> rows, double[] observed) {
    int[] chosen = IntStream.range(0, columns).filter(i -> has(set, i)).toArray();
    double[][] equations = new double[chosen.length][chosen.length + 1];
    for (int r = 0; r < observed.length; r++) {
      double[] row = rows.get(r);
      for (int i = 0; i < chosen.length; i++) {
        for (int j = 0; j < chosen.length; j++) {
          equations[i][j] += row[chosen[i]] * row[chosen[j]];
        }
        equations[i][chosen.length] += row[chosen[i]] * observed[r];
      }
    }
    double[] solved = solve(equations);
    double[] weights = new double[columns];
    for (int i = 0; i < chosen.length; i++) {
      if (solved == null || solved[i] < 0) {
        return null;
      }
      weights[chosen[i]] = solved[i];
    }
    return weights;
  }

  private static boolean has(int set, int column) {
    return (set & 1 << column) != 0;
  }

  /// Gauss and Jordan, with the largest pivot of each column.
  private static double @Nullable [] solve(double[][] equations) {
    int size = equations.length;
    double least =
        SINGULAR * IntStream.range(0, size).mapToDouble(i -> equations[i][i]).max().orElse(0);
    for (int column = 0; column < size; column++) {
      int pivot = column;
      for (int i = column + 1; i < size; i++) {
        pivot = Math.abs(equations[i][column]) > Math.abs(equations[pivot][column]) ? i : pivot;
      }
      double[] row = equations[pivot];
      equations[pivot] = equations[column];
      equations[column] = row;
      if (Math.abs(row[column]) <= least) {
        return null;
      }
      for (int i = 0; i < size; i++) {
        double factor = i == column ? 0 : equations[i][column] / row[column];
        for (int j = column; factor != 0 && j <= size; j++) {
          equations[i][j] -= factor * row[j];
        }
      }
    }
    double[] solved = new double[size];
    for (int i = 0; i < size; i++) {
      solved[i] = equations[i][size] / equations[i][i];
    }
    return solved;
  }
}
