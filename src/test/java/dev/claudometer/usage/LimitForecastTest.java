package dev.claudometer.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.claudometer.model.LimitReading;
import dev.claudometer.model.LimitStretch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitForecastTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Instant FIVE = Instant.parse("2026-11-20T17:00:00Z");

  @Test
  void rateIsThatOfTheWindowSoFar() {
    LimitForecast forecast =
        LimitForecast.of(
            List.of(at(0, 0.1, FIVE), at(30, 0.3, FIVE), at(60, 0.4, FIVE)), minute(61));
    assertThat(forecast.perHour()).isCloseTo(0.3, within(1e-9));
    assertThat(forecast.readings()).isEqualTo(3);
    assertThat(forecast.over()).isEqualTo(Duration.ofHours(1));
    assertThat(forecast.fullAt()).isEqualTo(minute(180));
  }

  @Test
  void windowThatResetsFirstDoesNotGetFull() {
    LimitForecast forecast =
        LimitForecast.of(List.of(at(0, 0.1, FIVE), at(60, 0.2, FIVE)), minute(61));
    assertThat(forecast.fullAt()).isNull();
    assertThat(LimitForecast.of(List.of(at(0, 0.2, FIVE), at(60, 0.2, FIVE)), minute(61)).fullAt())
        .isNull();
  }

  @Test
  void earlierWindowsDoNotCount() {
    LimitForecast byReset =
        LimitForecast.of(
            List.of(at(-60, 0.9, NOON), at(0, 0.1, FIVE), at(60, 0.4, FIVE)), minute(61));
    LimitForecast byFall =
        LimitForecast.of(
            List.of(at(-60, 0.9, null), at(0, 0.1, null), at(60, 0.4, null)), minute(61));
    assertThat(byReset.readings()).isEqualTo(2);
    assertThat(byFall.readings()).isEqualTo(2);
  }

  @Test
  void tooLittleIsNoForecast() {
    assertThat(LimitForecast.of(List.of(), NOON)).isNull();
    assertThat(LimitForecast.of(List.of(at(0, 0.5, FIVE)), NOON)).isNull();
    assertThat(LimitForecast.of(List.of(at(0, 0.5, FIVE), at(4, 0.6, FIVE)), minute(5))).isNull();
    assertThat(LimitForecast.of(List.of(at(0, 0.5, FIVE), at(60, 0.6, FIVE)), FIVE))
        .as("the window has ended")
        .isNull();
  }

  @Test
  void fullWindowIsFullNow() {
    assertThat(LimitForecast.of(List.of(at(0, 0.9, FIVE), at(60, 1.2, FIVE)), minute(61)).fullAt())
        .isEqualTo(minute(60));
  }

  private static LimitStretch at(long minute, double utilization, Instant resetsAt) {
    var reading = new LimitReading("five_hour", utilization, resetsAt, minute(minute), "test");
    return new LimitStretch(reading, reading.at());
  }

  private static Instant minute(long minute) {
    return NOON.plus(Duration.ofMinutes(minute));
  }
}
