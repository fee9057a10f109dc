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
    assertThat(found.weights()).containsExactly(new double[] {5, 7}, within(CLOSE));
    assertThat(found.squares()).isCloseTo(0, within(CLOSE));
  }

  @Test
  void medianOfSquaresIsTheMean() {
    LeastSquares found =
        LeastSquares.of(
            List.of(new double[] {1}, new double[] {1}, new double[] {1}), new double[] {5, 6, 5});
    assertThat(found.weights()).containsExactly(new double[] {16.0 / 3}, within(CLOSE));
    assertThat(found.squares()).isCloseTo(2.0 / 3, within(CLOSE));
  }

  /// Without the bound: x = (2, -1). With it the second is 0, and the first 0.8.
  @Test
  void noWeightIsNegative() {
    LeastSquares found =
        LeastSquares.of(
            List.of(new double[] {1, 1}, new double[] {1, 3}, new double[] {0, 1}),
            new double[] {1, -1, -1});
    assertThat(found.weights()).containsExactly(new double[] {0, 0}, within(CLOSE));
    found = LeastSquares.of(List.of(new double[] {1, 1}, new double[] {2, 3}), new double[] {1, 1});
    assertThat(found.weights()).containsExactly(new double[] {0.6, 0}, within(CLOSE));
    assertThat(found.squares()).isCloseTo(0.2, within(CLOSE));
  }

  @Test
  void columnsThatAreTheSameAreOne() {
    LeastSquares found =
        LeastSquares.of(List.of(new double[] {1, 1}, new double[] {2, 2}), new double[] {3, 6});
    assertThat(found.weights()).containsExactly(new double[] {3, 0}, within(CLOSE));
  }
}
