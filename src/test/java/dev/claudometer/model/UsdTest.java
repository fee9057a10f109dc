package dev.claudometer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsdTest {

  @ParameterizedTest
  @CsvSource({
    "0.0000000005, 0",
    "0.0000000015, 2",
    "0.00000000051, 1",
    "-0.0000000015, -2",
    "1e-10, 0",
    "9e-10, 1",
    "9223372036.854775807, 9223372036854775807"
  })
  void amountsAreRoundedToNanoDollarsHalfToEven(BigDecimal dollars, long nanos) {
    assertThat(Usd.of(dollars).nanos()).isEqualTo(nanos);
  }

  /// Twelve characters of a hostile line would otherwise be a thousand million digits.
  @ParameterizedTest
  @ValueSource(strings = {"1e-999999999", "-7e-999999999", "0e999999999", "0e-999999999"})
  void nextToNothingIsNothingAndFoundAtOnce(String dollars) {
    assertThat(Usd.of(new BigDecimal(dollars))).isEqualTo(Usd.ZERO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "-1e999999999", "9223372036.854775808", "1e10"})
  void moreThanThereIsIsRefusedAtOnce(String dollars) {
    assertThatThrownBy(() -> Usd.of(new BigDecimal(dollars)))
        .isInstanceOf(ArithmeticException.class);
  }
}
