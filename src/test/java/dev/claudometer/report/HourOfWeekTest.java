package dev.claudometer.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.store.TimeRange;
import dev.claudometer.store.Where;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class HourOfWeekTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void hourIsEachTimeThatThePeriodHasIt() {
    assertThat(times("2026-11-02T23:00:00Z", "2026-11-16T23:00:00Z", DayOfWeek.MONDAY, 9))
        .containsExactly(
            range("2026-11-09T08:00:00Z", "2026-11-09T09:00:00Z"),
            range("2026-11-16T08:00:00Z", "2026-11-16T09:00:00Z"));
  }

  @Test
  void hourThatClocksHaveTwiceIsTwoAndTheOneThatTheySkipIsNone() {
    assertThat(times("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", DayOfWeek.SUNDAY, 2))
        .containsExactly(range("2026-10-25T00:00:00Z", "2026-10-25T02:00:00Z"));
    assertThat(times("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", DayOfWeek.SUNDAY, 2))
        .isEmpty();
  }

  @Test
  void hourIsCutWhereThePeriodEnds() {
    assertThat(times("2026-11-09T08:30:00Z", "2026-11-09T08:45:00Z", DayOfWeek.MONDAY, 9))
        .containsExactly(range("2026-11-09T08:30:00Z", "2026-11-09T08:45:00Z"));
  }

  private static List<TimeRange> times(String from, String to, DayOfWeek day, int hour) {
    return HourOfWeek.in(
        new Question(range(from, to), BERLIN, Split.MODEL, Where.ANY, DayOfWeek.MONDAY), day, hour);
  }

  private static TimeRange range(String from, String to) {
    return new TimeRange(Instant.parse(from), Instant.parse(to));
  }
}
