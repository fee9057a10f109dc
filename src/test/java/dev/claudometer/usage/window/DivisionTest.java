package dev.claudometer.usage.window;

import static dev.claudometer.usage.window.Window.FIVE;
import static dev.claudometer.usage.window.Window.NOON;
import static dev.claudometer.usage.window.Window.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/// Each by paper: what was used, in millionths of the window.
class DivisionTest {

  /// $1 takes 10 %: the second step is two of it.
  @Test
  void stepGoesToWhatWasUsedInIt() {
    Division division =
        new Window().read(60, 10).read(120, 30).used(30, 1).used(70, 0.5).used(80, 1.5).division();
    assertThat(division.parts()).containsExactly(100_000L, 50_000L, 150_000L);
    assertThat(division.foreign()).isEmpty();
    assertThat(division.weights().written()).isCloseTo(0.1, within(1e-9));
    assertThat(division.weights().steps()).isEqualTo(2);
    assertThat(division.weights().error()).isCloseTo(0, within(1e-9));
  }

  @Test
  void stepInWhichNothingWasUsedIsOfOthers() {
    Division division =
        new Window()
            .read(60, 10)
            .read(120, 150, 30, FIVE)
            .read(180, 45)
            .used(30, 1)
            .used(70, 2)
            .division();
    assertThat(division.parts()).containsExactly(100_000L, 200_000L);
    assertThat(division.foreign()).containsExactly(new ForeignUse(at(150), at(180), 150_000));
  }

  /// $1 takes 5 % twice; of the 20 % of the third, 15 are of others.
  @Test
  void stepThatIsLargerThanWhatWasUsedIsOfOthersInPart() {
    Division division =
        new Window()
            .read(60, 5)
            .read(120, 10)
            .read(180, 30)
            .used(30, 1)
            .used(90, 1)
            .used(150, 1)
            .division();
    assertThat(division.parts()).containsExactly(50_000L, 50_000L, 50_000L);
    assertThat(division.foreign()).containsExactly(new ForeignUse(at(120), at(180), 150_000));
    assertThat(division.weights().steps()).isEqualTo(2);
  }

  /// 5, 6 and 5 % for $1 each: 16/3 % is the closest, and the distances' squares come to 2/3.
  @Test
  void oneHundredthMoreOrLessIsRounding() {
    Division division =
        new Window()
            .read(60, 5)
            .read(120, 11)
            .read(180, 16)
            .used(30, 1)
            .used(90, 1)
            .used(150, 1)
            .division();
    assertThat(division.parts()).containsExactly(50_000L, 60_000L, 50_000L);
    assertThat(division.foreign()).isEmpty();
    assertThat(division.weights().written()).isCloseTo(0.16 / 3, within(1e-9));
    assertThat(division.weights().error()).isCloseTo(Math.sqrt(1.0 / 3) / 100, within(1e-9));
  }

  /// The limit became 1.5 times as large: 30 % are 20, and $1.50 take 10.
  @Test
  void largerLimitCountsWhatWasUsedBeforeAsLess() {
    Division division =
        new Window().read(30, 30).read(70, 20).read(90, 30).used(10, 3).used(80, 1.5).division();
    assertThat(division.parts()).containsExactly(200_000L, 100_000L);
    assertThat(division.foreign()).isEmpty();
  }

  @Test
  void whatWasUsedBeforeAnEarlyResetIsGone() {
    Division division =
        new Window().read(30, 60).read(70, 1).read(90, 11).used(10, 6).used(80, 1).division();
    assertThat(division.parts()).containsExactly(100_000L);
    assertThat(division.before()).isEqualTo(10_000);
  }

  /// $1 takes 20 %. What was used while 20 % was told again can be in less than 1 %: 1/21 of the
  /// step.
  @Test
  void whatWasUsedWhileTheReadingStoodStillIsLessThanAHundredth() {
    Division division =
        new Window()
            .read(30, 170, 20, FIVE)
            .read(180, 40)
            .used(10, 1)
            .used(90, 1)
            .used(175, 1)
            .division();
    assertThat(division.parts()).containsExactly(200_000L, 9_524L, 190_476L);
  }

  /// 9, 10 and 10 % for $1 each are 29/3 %: the first step shows 2/3 less than it should, and the
  /// next 1 % shows it.
  @Test
  void whatShowsLateIsStillOurs() {
    Division division =
        new Window()
            .read(30, 9)
            .read(60, 10)
            .read(90, 20)
            .read(120, 30)
            .used(10, 1)
            .used(70, 1)
            .used(100, 1)
            .division();
    assertThat(division.parts()).containsExactly(96_667L, 100_000L, 100_000L);
    assertThat(division.foreign()).containsExactly(new ForeignUse(at(30), at(60), 3_333));
  }

  /// A dollar of output takes four times as much as one of what is read; what is written, nothing.
  @Test
  void partsOfUsageWeighDifferently() {
    var window = new Window();
    double level = 0;
    for (int i = 0; i < 20; i++) {
      double output = 1 + i % 3;
      double read = 1 + i % 4;
      window.used(new WindowUse(at(10 * i + 5), 1 + i % 5, output, read, 0));
      level += output * 1 + read * 0.25;
      window.read(10 * i + 10, level);
    }
    Weights weights = window.division().weights();
    assertThat(weights.output()).isCloseTo(0.01, within(1e-6));
    assertThat(weights.read()).isCloseTo(0.0025, within(1e-6));
    assertThat(weights.written()).isCloseTo(0, within(1e-6));
    assertThat(weights.error()).isCloseTo(0, within(1e-6));
  }

  @Test
  void modelsWithoutAPriceHaveAWeightOfTheirOwn() {
    Division division =
        new Window()
            .read(60, 10)
            .read(120, 40)
            .read(180, 50)
            .used(30, 1)
            .used(new WindowUse(at(70), 0, 0, 0, 2))
            .used(150, 1)
            .division();
    assertThat(division.parts()).containsExactly(100_000L, 300_000L, 100_000L);
    assertThat(division.weights().unpriced()).isCloseTo(0.15, within(1e-9));
  }

  @Test
  void withoutAnyUsageAllIsOfOthers() {
    Division division = new Window().read(60, 10).read(120, 30).division();
    assertThat(division.foreign()).containsExactly(new ForeignUse(NOON, at(120), 300_000));
    assertThat(division.weights().steps()).isZero();
  }

  @RepeatedTest(200)
  void partsAlwaysComeToTheWhole(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    var window = new Window();
    double percent = 0;
    for (int minute = 5; minute < 290; minute += 1 + random.nextInt(40)) {
      percent =
          random.nextInt(12) == 0
              ? percent * random.nextDouble()
              : percent + 15 * random.nextDouble();
      percent = random.nextBoolean() ? Math.rint(percent) : percent;
      window.read(minute, minute, percent, FIVE);
    }
    for (int i = random.nextInt(60); i > 0; i--) {
      window.used(
          new WindowUse(
              at(random.nextInt(300)),
              random.nextDouble(),
              random.nextInt(3) * random.nextDouble(),
              random.nextDouble() / 10,
              random.nextInt(4) == 0 ? random.nextDouble() : 0));
    }
    Division division = window.division();
    long ours = division.parts().stream().mapToLong(Long::longValue).sum();
    assertThat(ours + division.foreignMicros() + division.before()).isEqualTo(division.used());
    assertThat(division.used()).isEqualTo(Math.round(window.course().used() * 1e6));
    assertThat(division.parts()).allSatisfy(part -> assertThat(part).isNotNegative());
    assertThat(division.foreign()).allSatisfy(part -> assertThat(part.micros()).isPositive());
    assertThat(window.division()).isEqualTo(division);
  }
}
