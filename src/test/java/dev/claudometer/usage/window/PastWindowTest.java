package dev.claudometer.usage.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.claudometer.model.LimitReading;
import dev.claudometer.model.LimitStretch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PastWindowTest {

  private static final Duration LENGTH = Duration.ofHours(5);

  @Test
  void windowsAreToldWithTheirMostAndWhenTheyWereFull() {
    List<PastWindow> past =
        PastWindow.of(
            List.of(
                told("12:00", "14:00", 0.4),
                told("13:00", "14:00", 0.8),
                told("15:00", "19:00", 0.5),
                told("16:30", "19:00", 1),
                told("20:00", "23:00", 0.1)),
            LENGTH,
            time("20:00"));
    assertThat(past)
        .containsExactly(
            new PastWindow(time("09:00"), time("14:00"), 0.8, null),
            new PastWindow(time("14:00"), time("19:00"), 1, time("16:30")));
    assertThat(past.getFirst().blocked()).isZero();
    assertThat(past.getLast().blocked()).isEqualTo(Duration.ofMinutes(150));
  }

  /// Full after half of the time: twice of it would have been used.
  @Test
  void fullWindowWouldHaveGoneOnAsItHad() {
    var full = new PastWindow(time("14:00"), time("19:00"), 1, time("16:30"));
    assertThat(full.within(1)).isCloseTo(2, within(1e-9));
    assertThat(full.within(5)).isCloseTo(0.4, within(1e-9));
    assertThat(new PastWindow(time("09:00"), time("14:00"), 0.8, null).within(0.2))
        .as("on a plan of a fifth")
        .isCloseTo(4, within(1e-9));
  }

  private static Instant time(String time) {
    return Instant.parse("2026-11-20T" + time + ":00Z");
  }

  private static LimitStretch told(String at, String resets, double part) {
    return new LimitStretch(
        new LimitReading("five_hour", part, time(resets), time(at), "statusline"), time(at));
  }
}
