package dev.claudometer.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.fetch.Answer;
import dev.claudometer.fetch.Answer.Failed;
import dev.claudometer.fetch.Answer.Given;
import dev.claudometer.fetch.Answer.Reason;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.QuotaReadings;
import dev.claudometer.store.poll.Poll;
import dev.claudometer.store.poll.Readings;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.quota.SqlReadings;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuotaPollTest {

  private static final Duration FIVE = Duration.ofMinutes(5);

  private final List<Instant> asked = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-20T12:00:00Z");
  private Answer<QuotaReadings> answer = given(0.25);
  private Database database;
  private Readings readings;

  @BeforeEach
  void start(@TempDir Path directory) {
    database = SqliteStore.database(directory.resolve("store.db"), Durability.POWER_CUT);
    readings = new SqlReadings(database);
  }

  @AfterEach
  void stop() {
    database.close();
  }

  @Test
  void sourceIsNotAskedOftenerThanItBearsAlsoAfterARestart() throws InterruptedException {
    for (int minute = 0; minute < 20; minute++) {
      poll(false).run();
      now = now.plusSeconds(60);
    }
    assertThat(asked).hasSize(4);
  }

  @Test
  void personMayHaveItAskedAgainAMinuteAfterAFailure() throws InterruptedException {
    answer = new Failed<>(Reason.BUSY, "it is not well", null);
    poll(false).runForPerson();
    now = now.plusSeconds(59);
    poll(false).runForPerson();
    assertThat(asked).hasSize(1);
    now = now.plusSeconds(1);
    poll(false).run();
    assertThat(asked).hasSize(1);
    answer = given(0.5);
    poll(false).runForPerson();
    assertThat(asked).hasSize(2);
    now = now.plusSeconds(60);
    poll(false).runForPerson();
    assertThat(asked).as("what was told need not be asked again").hasSize(2);
  }

  @Test
  void failingSourceStopsNoOtherAndItsLastReadingsStay() throws InterruptedException {
    poll(false).run();
    now = now.plus(FIVE);
    answer = new Failed<>(Reason.BUSY, "it is not well", Duration.ZERO);
    var other =
        new QuotaSource(
            "b", FIVE, FIVE, false, _ -> new Given<>(new QuotaReadings(List.of(), List.of())));
    Outcome outcome =
        new QuotaPoll(
                List.of(source(false), other), readings, DeviceId.THIS, () -> now, PollLog.NONE)
            .run();
    assertThat(outcome.failures()).containsExactly("it is not well");
    assertThat(readings.poll("b").done()).isEqualTo(now);
    assertThat(readings.poll("a").up()).isFalse();
    assertThat(readings.limits(DeviceId.THIS))
        .extracting(LimitReading::at)
        .containsExactly(now.minus(FIVE));
  }

  @Test
  void waitThatASourceAsksForIsKept() throws InterruptedException {
    answer = new Failed<>(Reason.BUSY, "later", Duration.ofMinutes(30));
    QuotaPoll poll = poll(false);
    for (int minute = 0; minute < 30; minute++) {
      poll.run();
      now = now.plusSeconds(60);
    }
    assertThat(asked).hasSize(1);
    poll.run();
    assertThat(asked).hasSize(2);
  }

  @Test
  void sourceIsSparedWhileTheStatusLineTells() throws InterruptedException {
    var told = new LimitReading("five_hour", 0.3, null, now.minusSeconds(60), "statusline");
    readings.add(
        DeviceId.THIS, new QuotaReadings(List.of(told), List.of()), Poll.first("statusline"));
    poll(true).run();
    assertThat(asked).isEmpty();
    now = now.plus(FIVE);
    poll(true).run();
    assertThat(asked).hasSize(1);
  }

  private QuotaPoll poll(boolean spared) {
    return new QuotaPoll(List.of(source(spared)), readings, DeviceId.THIS, () -> now, PollLog.NONE);
  }

  private QuotaSource source(boolean spared) {
    return new QuotaSource(
        "a",
        FIVE,
        Duration.ofMinutes(1),
        spared,
        at -> {
          asked.add(at);
          return answer;
        });
  }

  private Answer<QuotaReadings> given(double utilization) {
    return new Given<>(
        new QuotaReadings(
            List.of(new LimitReading("five_hour", utilization, null, now, "test")), List.of()));
  }
}
