package dev.claudometer.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.Usd;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The month goes on as its weekdays did. November 2026 begins on a Sunday.
class ForecastTest {

  private static final LocalDate FRIDAY = LocalDate.parse("2026-11-27");

  @Test
  void daysThatAreLeftCostWhatTheirWeekdayDidInTheFourWeeksBefore() {
    Map<LocalDate, Usd> costs = new HashMap<>();
    FRIDAY
        .minusWeeks(4)
        .datesUntil(FRIDAY)
        .forEach(
            day -> costs.put(day, day.getDayOfWeek() == DayOfWeek.SATURDAY ? usd(1) : usd(10)));
    costs.put(FRIDAY, usd(4));
    Forecast forecast = forecast(costs);
    // November 1–26: three Saturdays of $1, 23 other days of $10; today $4.
    assertThat(forecast.costSoFar()).isEqualTo(usd(237));
    // Today becomes $10, then Saturday $1, Sunday $10, Monday $10.
    assertThat(forecast.cost()).isEqualTo(usd(264));
    assertThat(forecast.from()).isEqualTo(Instant.parse("2026-11-01T00:00:00Z"));
    assertThat(forecast.to()).isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
    assertThat(forecast.knownDays()).isEqualTo(28);
  }

  @Test
  void todayCountsAsWhatItHasCostWhereThatIsMore() {
    Map<LocalDate, Usd> costs = new HashMap<>();
    FRIDAY.minusWeeks(4).datesUntil(FRIDAY).forEach(day -> costs.put(day, usd(10)));
    costs.put(FRIDAY, usd(500));
    assertThat(forecast(costs).cost()).isEqualTo(usd(26 * 10 + 500 + 3 * 10));
  }

  @Test
  void dayWithoutUsageIsOneOfItsWeekday() {
    Map<LocalDate, Usd> costs = new HashMap<>();
    costs.put(FRIDAY.minusWeeks(4), usd(8));
    // Of four Fridays one cost $8: $2 a Friday, and nothing on other days.
    assertThat(forecast(costs).cost()).isEqualTo(usd(2));
  }

  @Test
  void fewerThanTwoWeeksSayNothing() {
    Map<LocalDate, Usd> costs = new HashMap<>();
    costs.put(FRIDAY.minusDays(13), usd(8));
    assertThat(forecast(costs).cost()).isNull();
    assertThat(forecast(costs).costSoFar()).isEqualTo(usd(8));
    costs.put(FRIDAY.minusDays(14), usd(8));
    assertThat(forecast(costs).cost()).isEqualTo(usd(16 + 4 + 4));
    assertThat(forecast(Map.of()).cost()).isNull();
  }

  @Test
  void monthIsThatOfTheZone() {
    ZoneId zone = ZoneId.of("Europe/Berlin");
    assertThat(new ForecastAnswers(FRIDAY, Map.of()).forecast(zone).from())
        .isEqualTo(Instant.parse("2026-10-31T23:00:00Z"));
  }

  private static Forecast forecast(Map<LocalDate, Usd> costs) {
    return new ForecastAnswers(FRIDAY, costs).forecast(ZoneOffset.UTC);
  }

  private static Usd usd(long dollars) {
    return Usd.of(BigDecimal.valueOf(dollars));
  }
}
