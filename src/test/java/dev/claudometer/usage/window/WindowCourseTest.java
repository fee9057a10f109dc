package dev.claudometer.usage.window;

import static dev.claudometer.usage.window.Window.FIVE;
import static dev.claudometer.usage.window.Window.NOON;
import static dev.claudometer.usage.window.Window.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowCourseTest {

  private static final Instant ELEVEN = NOON.minusSeconds(3_600);

  @Test
  void stepsBeginWhereTheWindowDoes() {
    WindowCourse course = new Window().read(60, 70, 10, FIVE).read(90, 30).course();
    assertThat(course.began()).isEqualTo(NOON);
    assertThat(course.used()).isEqualTo(0.3);
    assertThat(course.resolution()).isEqualTo(0.01);
    assertThat(course.before()).isZero();
    assertThat(course.rises())
        .containsExactly(
            new Rise(NOON, NOON, at(60), 0.1), new Rise(at(60), at(70), at(90), 0.3 - 0.1));
    assertThat(course.turns()).isEmpty();
  }

  @Test
  void windowOfWhichNobodySaysTheEndBeginsWithItsFirstReading() {
    WindowCourse course = new Window().read(60, 60, 10, null).read(90, 90, 25, null).course();
    assertThat(course.began()).isEqualTo(at(60));
    assertThat(course.before()).isEqualTo(0.1);
    assertThat(course.rises()).containsExactly(new Rise(at(60), at(60), at(90), 0.15));
  }

  @Test
  void readingsFinerThanAHundredthAreKnown() {
    assertThat(new Window().read(60, 10.3).course().resolution()).isEqualTo(0.001);
  }

  @Test
  void newWindowBeginsWhenTheOneBeforeWasToEnd() {
    WindowCourse course = new Window().read(-10, -10, 80, NOON).read(30, 5).course();
    assertThat(course.turns()).containsExactly(new Turn(at(30), Turn.Kind.RESET, 0.8, 0.05, NOON));
    assertThat(course.rises()).hasSize(1);
  }

  @Test
  void windowThatBeganAgainTooEarlyIsTold() {
    Instant six = FIVE.plusSeconds(3_600);
    WindowCourse course = new Window().read(30, 60).read(70, 70, 2, six).course();
    assertThat(course.turns())
        .containsExactly(new Turn(at(70), Turn.Kind.EARLY_RESET, 0.6, 0.02, FIVE));
    assertThat(course.began()).isEqualTo(at(60));
    assertThat(course.used()).isEqualTo(0.02);
  }

  @Test
  void windowThatBeganAgainAndEndsAtTheSameTimeIsTold() {
    WindowCourse course = new Window().read(30, 60).read(70, 1).read(90, 11).course();
    assertThat(course.turns())
        .containsExactly(new Turn(at(70), Turn.Kind.EARLY_RESET, 0.6, 0.01, FIVE));
    assertThat(course.began()).isEqualTo(at(70));
    assertThat(course.before()).isEqualTo(0.01);
    assertThat(course.rises()).hasSize(1);
  }

  @Test
  void largerLimitMakesWhatWasUsedSmaller() {
    WindowCourse course = new Window().read(30, 30).read(70, 20).read(90, 30).course();
    Turn turn = course.turns().getFirst();
    assertThat(turn.kind()).isEqualTo(Turn.Kind.RAISED);
    assertThat(turn.factor()).isCloseTo(1.5, within(1e-9));
    assertThat(course.rises().stream().map(Rise::amount))
        .usingElementComparator((one, other) -> Math.abs(one - other) < 1e-9 ? 0 : 1)
        .isEqualTo(List.of(0.2, 0.1));
  }

  @Test
  void windowMovedToAnEarlierEndIsAnotherPlan() {
    WindowCourse course =
        new Window().read(30, 60).read(70, 70, 12, FIVE.minusSeconds(600)).course();
    assertThat(course.turns()).containsExactly(new Turn(at(70), Turn.Kind.MOVED, 0.6, 0.12, FIVE));
  }

  @Test
  void whatIsNoLongerStoredIsNobodys() {
    WindowCourse course = new Window().read(60, 10).read(90, 30).course().keptFrom(ELEVEN);
    assertThat(course.before()).isZero();
    course = course.keptFrom(at(5));
    assertThat(course.before()).isEqualTo(0.1);
    assertThat(course.rises()).hasSize(1);
  }
}
