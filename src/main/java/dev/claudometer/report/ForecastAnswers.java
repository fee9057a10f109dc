package dev.claudometer.report;

import dev.claudometer.model.Usd;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Carries a month on by what its weekdays cost.
///
/// @param costs by day; days without usage are not in it
record ForecastAnswers(LocalDate today, Map<LocalDate, Usd> costs) {

  static final int WEEKS = 4;
  private static final int ENOUGH_DAYS = 14;

  private LocalDate month() {
    return today.withDayOfMonth(1);
  }

  /// The earliest day that is looked at.
  static LocalDate first(LocalDate today) {
    LocalDate month = today.withDayOfMonth(1);
    LocalDate weeks = today.minusWeeks(WEEKS);
    return weeks.isBefore(month) ? weeks : month;
  }

  Forecast forecast(ZoneId zone) {
    Usd soFar = sum(month(), today.plusDays(1));
    LocalDate end = month().plusMonths(1);
    LocalDate known =
        costs.keySet().stream()
            .filter(day -> !day.isBefore(today.minusWeeks(WEEKS)))
            .min(LocalDate::compareTo)
            .orElse(today);
    int days = (int) Math.max(0, ChronoUnit.DAYS.between(known, today));
    return new Forecast(
        month().atStartOfDay(zone).toInstant(),
        end.atStartOfDay(zone).toInstant(),
        zone,
        soFar,
        cost(soFar, end, known, days),
        days);
  }

  private @Nullable Usd cost(Usd soFar, LocalDate end, LocalDate known, int days) {
    if (days < ENOUGH_DAYS) {
      return null;
    }
    Usd cost = soFar;
    Usd rest = average(today.getDayOfWeek(), known).minus(day(today));
    cost = rest.nanos() > 0 ? cost.plus(rest) : cost;
    for (LocalDate day = today.plusDays(1); day.isBefore(end); day = day.plusDays(1)) {
      cost = cost.plus(average(day.getDayOfWeek(), known));
    }
    return cost;
  }

  /// Rounded down to a nano-dollar.
  private Usd average(DayOfWeek weekday, LocalDate known) {
    long sum = 0;
    int days = 0;
    for (LocalDate day = known; day.isBefore(today); day = day.plusDays(1)) {
      if (day.getDayOfWeek() == weekday) {
        sum += day(day).nanos();
        days++;
      }
    }
    return new Usd(sum / days);
  }

  private Usd sum(LocalDate from, LocalDate to) {
    return from.datesUntil(to).map(this::day).reduce(Usd.ZERO, Usd::plus);
  }

  private Usd day(LocalDate day) {
    return costs.getOrDefault(day, Usd.ZERO);
  }
}
