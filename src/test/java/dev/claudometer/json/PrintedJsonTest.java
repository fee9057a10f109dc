package dev.claudometer.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How numbers are spelled for whoever reads them with text tools.
class PrintedJsonTest {

  @ParameterizedTest
  @CsvSource({
    "4.1379310344827586E-7, 0.00000041379310344827586",
    "3.831417637931035E7, 38314176.37931035",
    "0.5, 0.5",
    "0, 0.0",
    "100, 100.0"
  })
  void numberHasNoExponent(double number, String spelled) {
    assertThat(printed(number)).isEqualTo(spelled);
  }

  @ParameterizedTest
  @CsvSource({"1E-7, 0.0000001", "1E+3, 1000"})
  void amountHasNoneEither(BigDecimal amount, String spelled) {
    assertThat(printed(amount)).isEqualTo(spelled);
  }

  private static String printed(Object value) {
    var out = new ByteArrayOutputStream();
    PrintedJson.print(out, List.of(value));
    return out.toString(UTF_8).replaceAll("[\\[\\]\\s]", "");
  }
}
