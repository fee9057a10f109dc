package dev.claudometer.server.web.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.Usd;
import dev.claudometer.report.Interval;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

  /// A currency has the places of its smallest unit; less than that has two digits.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "USD | 1      | 1234.5   | $1,234.50",
        "USD | 1      | -0.1     | −$0.10",
        "USD | 1      | 0.004217 | $0.0042",
        "EUR | 0.9    | 10       | €9.00",
        "JPY | 150    | 12.34    | 1,851 JPY",
        "JPY | 150    | 0.001    | 0.15 JPY",
        "JPY | 150    | -2       | −300 JPY",
        "KWD | 0.3    | 1        | 0.300 KWD",
        "XYZ | 2      | 1        | 2.00 XYZ"
      })
  void amountHasThePlacesOfItsCurrency(
      String currency, BigDecimal rate, BigDecimal dollars, String written) {
    var figures = new Figures(ZoneOffset.UTC, currency, rate, "");
    assertThat(figures.money(new Usd(dollars.movePointRight(9).longValueExact())))
        .isEqualTo(written);
  }

  @Test
  void numbersAreGroupedAsAFormatDoes() {
    var random = new Random(1);
    var figures = new Figures(ZoneOffset.UTC, "XYZ", BigDecimal.ONE, "");
    for (int i = 0; i < 5_000; i++) {
      long number = random.nextLong() >> random.nextInt(64);
      assertThat(Figures.count(number)).isEqualTo(String.format(Locale.ROOT, "%,d", number));
      BigDecimal dollars = BigDecimal.valueOf(Math.abs(number), 9);
      assertThat(
              dollars.compareTo(new BigDecimal("0.01")) < 0 ? "" : figures.money(new Usd(number)))
          .endsWith(
              dollars.compareTo(new BigDecimal("0.01")) < 0
                  ? ""
                  : String.format(
                      Locale.ROOT, "%,.2f XYZ", dollars.setScale(2, RoundingMode.HALF_EVEN)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HOUR  | 2026-11-28T00:00:00Z | 2026-11-29T00:00:00Z | 09:00",
        "HOUR  | 2026-11-27T00:00:00Z | 2026-11-29T00:00:00Z | 28 Nov 09:00",
        "DAY   | 2026-11-01T00:00:00Z | 2026-12-01T00:00:00Z | 28 Nov",
        "WEEK  | 2026-01-01T00:00:00Z | 2026-12-31T00:00:00Z | 28 Nov",
        "DAY   | 2025-12-01T00:00:00Z | 2026-12-01T00:00:00Z | 28 Nov 2026",
        "MONTH | 2026-01-01T00:00:00Z | 2027-01-01T00:00:00Z | Nov 2026"
      })
  void stepIsCalledAsShortAsThePeriodAllows(Interval step, Instant from, Instant to, String name) {
    assertThat(
            StepName.of(ZoneOffset.UTC, step, from, to).of(Instant.parse("2026-11-28T09:00:00Z")))
        .isEqualTo(name);
  }

  @Test
  void stepIsThatOfTheZone() {
    Instant midnight = Instant.parse("2026-11-27T23:00:00Z");
    assertThat(
            StepName.of(ZoneId.of("Europe/Berlin"), Interval.DAY, midnight, midnight.plusSeconds(9))
                .of(midnight))
        .isEqualTo("28 Nov");
  }
}
