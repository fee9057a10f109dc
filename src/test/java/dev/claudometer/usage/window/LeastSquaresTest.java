package dev.claudometer.usage.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LeastSquaresTest {

  private static final double CLOSE = 1e-9;

  @Test
  void exactWeightsAreFound() {
    LeastSquares found =
        LeastSquares.of(
            List.of(new double[] {1, 0}, new double[] {0, 1}, new double[] {2, 3}),
            new double[] {5, 7, 31});
    weighs(found, 5, 7);
    assertThat(found.squares()).isCloseTo(0, within(CLOSE));
  }

  @Test
  void leastSquaresOfOneNumberAreItsMean() {
    LeastSquares found =
        LeastSquares.of(
            List.of(new double[] {1}, new double[] {1}, new double[] {1}), new double[] {5, 6, 5});
    weighs(found, 16.0 / 3);
    assertThat(found.squares()).isCloseTo(2.0 / 3, within(CLOSE));
  }

  /// Without the bound, the second case has x = (2, -1). With it the second is 0, and the first
  /// 3/5.
  @Test
  void noWeightIsNegative() {
    LeastSquares found =
        LeastSquares.of(
            List.of(new double[] {1, 1}, new double[] {1, 3}, new double[] {0, 1}),
            new double[] {1, -1, -1});
    weighs(found, 0, 0);
    found = LeastSquares.of(List.of(new double[] {1, 1}, new double[] {2, 3}), new double[] {1, 1});
    weighs(found, 0.6, 0);
    assertThat(found.squares()).isCloseTo(0.2, within(CLOSE));
  }

  @Test
  void columnsThatAreTheSameAreOne() {
    LeastSquares found =
        LeastSquares.of(List.of(new double[] {1, 1}, new double[] {2, 2}), new double[] {3, 6});
    weighs(found, 3, 0);
  }

  private static void weighs(LeastSquares found, double... weights) {
    assertThat(found.weights().stream().mapToDouble(Double::doubleValue).toArray())
        .containsExactly(weights, within(CLOSE));
  }
}
