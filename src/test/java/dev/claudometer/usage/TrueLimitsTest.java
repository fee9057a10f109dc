package dev.claudometer.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.LimitReading;
import dev.claudometer.model.LimitStretch;
import dev.claudometer.model.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrueLimitsTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Instant TWO = NOON.plusSeconds(7_200);
  private static final Instant FIVE = NOON.plusSeconds(18_000);

  @Test
  void laterWindowIsTrueWhoeverSpeaksLast() {
    assertThat(truth(said("b", 0, 0.05, FIVE), said("a", 1, 0.97, TWO))).isEqualTo(0.05);
  }

  @Test
  void higherWordOfOneWindowIsTrueWhoeverSpeaksLast() {
    assertThat(truth(said("b", 0, 0.6, FIVE), said("a", 1, 0.2, FIVE))).isEqualTo(0.6);
  }

  @Test
  void fallWithinOneSessionIsNews() {
    assertThat(truth(said("a", 0, 0.6, FIVE), said("a", 1, 0.2, FIVE))).isEqualTo(0.2);
    assertThat(truth(said("a", 0, 0.2, FIVE), said("a", 1, 0.6, FIVE), said("a", 2, 0.2, FIVE)))
        .isEqualTo(0.2);
    assertThat(truth(said("a", 0, 0.6, FIVE), said("a", 1, 0.2, TWO)))
        .as("a plan's window can be moved to an earlier end")
        .isEqualTo(0.2);
  }

  @Test
  void idleTerminalDoesNotBringBackWhatWasBeforeAnEarlyReset() {
    assertThat(
            truth(
                said("idle", 0, 0.58, FIVE),
                said("a", 1, 0.6, FIVE),
                said("a", 2, 0.01, FIVE),
                said("idle", 3, 0.58, FIVE)))
        .isEqualTo(0.01);
    assertThat(
            truth(said("idle", 0, 0.9, TWO), said("a", 1, 0.01, FIVE), said("idle", 2, 0.9, TWO)))
        .as("an early reset that begins another window")
        .isEqualTo(0.01);
  }

  @Test
  void serviceThatIsAskedKnowsOfAnEarlyReset() {
    assertThat(truth(said("a", 0, 0.6, FIVE), asked(1, 0.02, FIVE), said("a", 2, 0.6, FIVE)))
        .isEqualTo(0.02);
    assertThat(truth(said("a", 1, 0.6, FIVE), asked(0, 0.02, FIVE)))
        .as("an answer of before")
        .isEqualTo(0.6);
    assertThat(truth(asked(0, 0.6, FIVE), said("a", 1, 0.2, FIVE))).isEqualTo(0.6);
    assertThat(truth(asked(0, 0.6, FIVE), asked(1, 0, null)))
        .as("no window runs any more")
        .isEqualTo(0);
  }

  @Test
  void newSessionsSecondRiseKnowsOfAnEarlyReset() {
    List<LimitStretch> told = new ArrayList<>(List.of(said("ended", 0, 0.6, FIVE)));
    told.add(said("new", 1, 0.01, FIVE));
    told.add(said("new", 2, 0.02, FIVE));
    assertThat(truth(told)).as("it may have asked before").isEqualTo(0.6);
    told.add(said("new", 3, 0.03, FIVE));
    assertThat(truth(told)).isEqualTo(0.03);
  }

  @Test
  void resetsASecondApartAreOfOneWindow() {
    LimitReading truth =
        TrueLimits.last(List.of(asked(0, 0.4, FIVE.minusSeconds(1)), said("a", 1, 0.3, FIVE)));
    assertThat(truth.utilization()).isEqualTo(0.4);
    assertThat(truth.resetsAt()).isEqualTo(FIVE);
  }

  @Test
  void historyIsWhatWasTrueAndNotWhatWasSaid() {
    List<LimitReading> history =
        LimitStretch.readings(
            TrueLimits.of(
                List.of(
                    said("b", 0, 0.1, FIVE),
                    said("a", 1, 0.05, FIVE),
                    said("b", 2, 0.3, FIVE),
                    said("a", 3, 0.05, FIVE),
                    said("a", 4, 0.35, FIVE))));
    assertThat(history).extracting(LimitReading::utilization).containsExactly(0.1, 0.3, 0.35);
    assertThat(history)
        .extracting(LimitReading::at)
        .containsExactly(minute(0), minute(2), minute(4));
  }

  @Test
  void anyOrderAndRepetitionGivesTheSame() {
    var random = new Random(9);
    for (int round = 0; round < 2_000; round++) {
      List<LimitStretch> told = new ArrayList<>();
      for (int i = random.nextInt(1, 12); i > 0; i--) {
        told.add(any(random));
      }
      List<LimitStretch> truths = TrueLimits.of(told);
      for (int again = random.nextInt(4); again > 0; again--) {
        told.add(told.get(random.nextInt(told.size())));
      }
      Collections.shuffle(told, random);
      assertThat(TrueLimits.of(told)).isEqualTo(truths);
      assertThat(truths.getLast().latest()).isEqualTo(TrueLimits.last(told));
    }
  }

  /// Sessions that ask now and then, and repeat themselves between, while windows follow each
  /// other: true is what the last answer was.
  @Test
  void idleSessionsNeverChangeWhatTheLastAnswerWas() {
    var random = new Random(10);
    for (int round = 0; round < 500; round++) {
      List<LimitStretch> told = new ArrayList<>();
      var words = new LimitStretch[4];
      int used = 0;
      Instant end = FIVE;
      for (int minute = 0; minute < 40; minute++) {
        int session = random.nextInt(words.length);
        LimitStretch word = words[session];
        if (word == null || random.nextBoolean()) {
          boolean begins = random.nextInt(8) == 0;
          used = begins ? 1 : used + 1;
          end = begins ? end.plusSeconds(18_000) : end;
          words[session] = said("s" + session, minute, used / 100.0, end);
          told.add(words[session]);
        } else {
          LimitReading last = word.reading();
          told.add(said("s" + session, minute, last.utilization(), last.resetsAt()));
        }
        assertThat(truth(told)).isEqualTo(used / 100.0);
      }
    }
  }

  private static LimitStretch any(Random random) {
    Instant first = minute(random.nextInt(30));
    Instant end = random.nextInt(6) == 0 ? null : random.nextBoolean() ? TWO : FIVE;
    String session = "s" + random.nextInt(3);
    var reading =
        new LimitReading(
            "five_hour",
            random.nextInt(5) / 4.0,
            end,
            first,
            random.nextInt(4) == 0 ? "oauth" : LimitReading.STATUS_LINE,
            new SessionId(session));
    return new LimitStretch(reading, first.plusSeconds(60L * random.nextInt(5)));
  }

  private static double truth(LimitStretch... told) {
    return truth(List.of(told));
  }

  private static double truth(List<LimitStretch> told) {
    return TrueLimits.last(told).utilization();
  }

  private static LimitStretch said(
      String session, int minute, double utilization, @Nullable Instant resetsAt) {
    return once(
        new LimitReading(
            "five_hour",
            utilization,
            resetsAt,
            minute(minute),
            LimitReading.STATUS_LINE,
            new SessionId(session)));
  }

  private static LimitStretch asked(int minute, double utilization, @Nullable Instant resetsAt) {
    return once(new LimitReading("five_hour", utilization, resetsAt, minute(minute), "oauth"));
  }

  private static LimitStretch once(LimitReading reading) {
    return new LimitStretch(reading, reading.at());
  }

  private static Instant minute(int minute) {
    return NOON.plus(Duration.ofMinutes(minute));
  }
}
