package dev.claudometer.usage.window;

import static dev.claudometer.usage.window.Window.FIVE;
import static dev.claudometer.usage.window.Window.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class BurnTest {

  /// $1 takes 10 %. In the hour to 15:00, $2 were used, of which $1 after the last reading of 40 %:
  /// 50 % are left, at 20 % an hour two and a half hours; that is after the reset.
  @Test
  void fullTimeIsWhereTheLastHourLeads() {
    Window window =
        new Window().read(60, 10).read(130, 40).used(30, 1).used(100, 2).used(125, 1).used(170, 1);
    Burn burn = burn(window, 180);
    assertThat(burn.ours()).isCloseTo(0.2, within(1e-9));
    assertThat(burn.foreign()).isZero();
    assertThat(burn.level()).isCloseTo(0.5, within(1e-9));
    assertThat(burn.fullAt()).as("the window begins again before").isNull();
    assertThat(burn(window.used(175, 2), 180).fullAt())
        .as("70 % of it, and 40 % an hour")
        .isEqualTo(at(180 + 45));
  }

  /// 30 % of others in the two hours to 15:00: half of it in the last.
  @Test
  void othersGoOnToo() {
    Window window = new Window().read(60, 10).read(180, 40).used(30, 1);
    Burn burn = burn(window, 180);
    assertThat(burn.ours()).isZero();
    assertThat(burn.foreign()).isCloseTo(0.15, within(1e-9));
    assertThat(burn.fullAt()).isNull();
  }

  @Test
  void windowThatHasEndedHasNoForecast() {
    Window window = new Window().read(60, 10).used(30, 1).used(299, 1);
    assertThat(Burn.of(window.course(), window.division(), window.uses(), FIVE)).isNull();
  }

  private static Burn burn(Window window, int minute) {
    return Objects.requireNonNull(
        Burn.of(window.course(), window.division(), window.uses(), at(minute)));
  }
}
