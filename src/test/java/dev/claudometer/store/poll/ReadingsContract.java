package dev.claudometer.store.poll;

import static dev.claudometer.usage.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.claudometer.model.CreditReading;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.LimitStretch;
import dev.claudometer.model.QuotaReadings;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.Usd;
import dev.claudometer.store.StoreException;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.quota.SqlReadings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every store of readings promises.
public abstract class ReadingsContract {

  private static final Instant RESET = NOON.plusSeconds(7200);
  private static final Poll POLL = Poll.first("test");

  private Database database;
  private Readings readings;

  /// Opens the database at a place, and makes it where there is none.
  protected abstract Database open(Path place);

  @BeforeEach
  void start(@TempDir Path directory) {
    database = open(directory.resolve("readings"));
    readings = new SqlReadings(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void lastReadingIsAsYoungAsItWasSeen() {
    add(limit(0.25, 0));
    add(limit(0.25, 600));
    assertThat(readings.limits(DeviceId.THIS)).containsExactly(limit(0.25, 600));
    add(limit(0.5, 1200));
    assertThat(readings.limits(DeviceId.THIS)).containsExactly(limit(0.5, 1200));
  }

  @Test
  void historyIsEachChangeAndTheLastTimeOfEachValue() {
    add(limit(0.25, 0));
    for (int second = 1; second <= 300; second++) {
      add(limit(0.25, second));
    }
    add(limit(0.5, 400));
    assertThat(history(NOON.minusSeconds(1)))
        .containsExactly(limit(0.25, 0), limit(0.25, 300), limit(0.5, 400));
    assertThat(history(NOON.plusSeconds(350))).containsExactly(limit(0.5, 400));
    assertThat(readings.history(DeviceId.THIS, "seven_day", NOON)).isEmpty();
  }

  @Test
  void latestAreThoseOfAllDevices() {
    var old = new CreditReading("openrouter", null, new Usd(5), NOON, "openrouter");
    var last = new CreditReading("openrouter", new Usd(9), new Usd(7), NOON.plusSeconds(1), "o");
    var other = new CreditReading("claude.extra_usage", null, new Usd(0), NOON, "oauth");
    readings.add(new DeviceId("a"), new QuotaReadings(List.of(limit(0.25, 0)), List.of(old)), POLL);
    readings.add(
        new DeviceId("a"), new QuotaReadings(List.of(limit(0.5, 60)), List.of(last, other)), POLL);
    readings.add(new DeviceId("b"), new QuotaReadings(List.of(), List.of(old)), POLL);
    readings.add(new DeviceId("c"), new QuotaReadings(List.of(limit(0.75, 0)), List.of()), POLL);
    assertThat(readings.latest())
        .isEqualTo(
            Map.of(
                new DeviceId("a"), new QuotaReadings(List.of(limit(0.5, 60)), List.of(other, last)),
                new DeviceId("b"), new QuotaReadings(List.of(), List.of(old)),
                new DeviceId("c"), new QuotaReadings(List.of(limit(0.75, 0)), List.of())));
  }

  @Test
  void olderReadingDoesNotBecomeTheLast() {
    add(limit(0.5, 600));
    add(limit(0.25, 0));
    assertThat(readings.limits(DeviceId.THIS)).containsExactly(limit(0.5, 600));
  }

  @Test
  void otherValueOfATimeThatIsKnownDoesNotBecomeTheLast() {
    add(limit(0.5, 0));
    add(limit(0.5, 600));
    add(limit(0.4, 300));
    assertThat(readings.limits(DeviceId.THIS)).containsExactly(limit(0.5, 600));
    add(limit(0.4, 900));
    assertThat(readings.limits(DeviceId.THIS)).containsExactly(limit(0.4, 900));
  }

  @Test
  void anyOrderAndRepetitionGivesTheSame() {
    var random = new Random(3);
    for (int round = 0; round < 20; round++) {
      List<LimitReading> told = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        told.add(
            new LimitReading(
                "five_hour",
                random.nextInt(4) / 4.0,
                random.nextInt(5) == 0 ? null : RESET.plusSeconds(18_000L * random.nextInt(2)),
                NOON.plusSeconds(30L * random.nextInt(40)),
                random.nextInt(3) == 0 ? "oauth" : LimitReading.STATUS_LINE,
                new SessionId("s" + random.nextInt(3))));
      }
      String device = "d" + round;
      readings.add(new DeviceId(device), new QuotaReadings(told, List.of()), POLL);
      told.add(told.get(random.nextInt(told.size())));
      Collections.shuffle(told, random);
      told.forEach(
          reading ->
              readings.add(
                  new DeviceId(device + "b"),
                  new QuotaReadings(List.of(reading), List.of()),
                  POLL));
      assertThat(readings.limits(new DeviceId(device + "b")))
          .isEqualTo(readings.limits(new DeviceId(device)));
      assertThat(readings.running(new DeviceId(device), "five_hour").getLast().latest())
          .isEqualTo(readings.limits(new DeviceId(device)).getFirst());
      assertThat(readings.history(new DeviceId(device), "five_hour", NOON).getLast().latest())
          .isEqualTo(readings.limits(new DeviceId(device)).getFirst());
    }
  }

  @Test
  void windowsOfAllDevicesAtOnceAreThoseOfEach() {
    var random = new Random(4);
    Set<DeviceId> devices = new TreeSet<>();
    for (int i = 0; i < 400; i++) {
      var device = new DeviceId("d" + random.nextInt(20));
      var reading =
          new LimitReading(
              random.nextBoolean() ? "five_hour" : "seven_day",
              random.nextInt(5) / 5.0,
              random.nextInt(5) == 0 ? null : RESET.plusSeconds(18_000L * random.nextInt(3)),
              NOON.plusSeconds(600L * random.nextInt(100)),
              LimitReading.STATUS_LINE,
              new SessionId("s" + random.nextInt(3)));
      readings.add(device, new QuotaReadings(List.of(reading), List.of()), POLL);
      devices.add(device);
    }
    Map<DeviceId, Map<String, List<LimitStretch>>> each = new TreeMap<>();
    for (DeviceId device : devices) {
      for (LimitReading last : readings.limits(device)) {
        each.computeIfAbsent(device, _ -> new TreeMap<>())
            .put(last.window(), readings.running(device, last.window()));
      }
    }
    assertThat(readings.running()).hasSizeGreaterThan(15).isEqualTo(each);
  }

  @Test
  void oldReadingThatIsToldAgainAndAgainIsNoChange() {
    add(limit(0.5, 600));
    add(limit(0.25, 0));
    long revision = database.number("SELECT MAX(revision) FROM limit_stretch");
    add(limit(0.25, 0));
    add(limit(0.5, 600));
    assertThat(database.number("SELECT MAX(revision) FROM limit_stretch")).isEqualTo(revision);
  }

  @Test
  void creditsAreKeptPerAccountAndDevice() {
    var first = new CreditReading("openrouter", new Usd(100), new Usd(7), NOON, "openrouter");
    var next =
        new CreditReading("openrouter", null, new Usd(8), NOON.plusSeconds(60), "openrouter");
    var again =
        new CreditReading("openrouter", null, new Usd(8), NOON.plusSeconds(99), "openrouter");
    var other = new CreditReading("claude.extra_usage", null, new Usd(1), NOON, "oauth");
    for (CreditReading credit : List.of(first, other, next, again)) {
      readings.add(DeviceId.THIS, new QuotaReadings(List.of(), List.of(credit)), POLL);
    }
    readings.add(new DeviceId("d_1"), new QuotaReadings(List.of(), List.of(first)), POLL);
    assertThat(readings.credits(DeviceId.THIS)).containsExactly(other, again);
    assertThat(readings.credits(new DeviceId("d_1"))).containsExactly(first);
    assertThat(readings.credits(new DeviceId("none"))).isEmpty();
  }

  @Test
  void readingsAndThePollAreStoredTogetherOrNotAtAll() {
    var wrong = new Poll("test", null, null, NOON, null, null, null);
    assertThatThrownBy(
            () ->
                readings.add(
                    new DeviceId("d_2"),
                    new QuotaReadings(List.of(limit(0.25, 0)), List.of()),
                    wrong))
        .isInstanceOf(StoreException.class);
    assertThat(readings.limits(new DeviceId("d_2"))).isEmpty();
    readings.add(
        new DeviceId("d_2"),
        new QuotaReadings(List.of(limit(0.25, 0)), List.of()),
        POLL.done(NOON));
    assertThat(readings.limits(new DeviceId("d_2"))).hasSize(1);
    assertThat(readings.poll("test").done()).isEqualTo(NOON);
  }

  private List<LimitReading> history(Instant from) {
    return LimitStretch.readings(readings.history(DeviceId.THIS, "five_hour", from));
  }

  private void add(LimitReading reading) {
    readings.add(DeviceId.THIS, new QuotaReadings(List.of(reading), List.of()), POLL);
  }

  private static LimitReading limit(double utilization, long second) {
    return new LimitReading("five_hour", utilization, RESET, NOON.plusSeconds(second), "oauth");
  }
}
