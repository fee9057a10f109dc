package dev.claudometer.store;

import static dev.claudometer.usage.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.FileCursor;
import dev.claudometer.model.FileRead;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.meter.Meter;
import dev.claudometer.store.meter.MeterReading;
import dev.claudometer.store.quality.Quality;
import dev.claudometer.usage.Events;
import dev.claudometer.usage.Totals;
import dev.claudometer.wire.legacy.LegacyEntry;
import dev.claudometer.wire.legacy.LegacyEvents;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every store promises about entries without message ids: the daemon of
/// claude-code-prometheus sends them, and they give way to the transcript of their session.
public abstract class GivingWayContract {

  private static final Set<Dimension> ALL = EnumSet.allOf(Dimension.class);

  private Path place;

  /// Opens the store at a place, and makes it where there is none.
  protected abstract UsageStore open(Path place, PriceBook prices);

  @BeforeEach
  void in(@TempDir Path directory) {
    place = directory.resolve("way");
  }

  private UsageStore open(String name) {
    return open(place.resolveSibling(name), PriceBook.builtIn());
  }

  /// Three lines of one response of 70 tokens: the daemon counts 210.
  @Test
  void transcriptTakesThePlaceOfWhatTheDaemonSentOfItsSession() {
    for (boolean transcriptFirst : new boolean[] {false, true}) {
      try (var store = open("order" + transcriptFirst)) {
        List<Batch> batches =
            new ArrayList<>(
                List.of(
                    batch("d_1", List.of(entry("s", 1, 70), entry("s", 2, 70), entry("s", 3, 70))),
                    batch("d_1", List.of(response("s", 1, 70)), file("s", 60))));
        if (transcriptFirst) {
          Collections.reverse(batches);
        }
        batches.forEach(store::append);
        assertThat(total(store))
            .extracting(Totals::responses, sum -> sum.tokens().output())
            .containsExactly(1L, 70L);
        assertThat(store.quality()).containsEntry(new DeviceId("d_1"), new Quality(1, 0, 0, 0, 3));
        assertThat(store.events(new EventFilter.Within(TimeRange.ALL))).hasSize(4);
        assertThat(store.verify()).isEmpty();
      }
    }
  }

  @Test
  void whatCameAfterTheTranscriptWasLastReadCountsUntilItIsReadAgain() {
    try (var store = open("later")) {
      store.append(batch("d_1", List.of(response("s", 1, 70)), file("s", 2)));
      store.append(batch("d_1", List.of(entry("s", 1, 70), entry("s", 3, 5))));
      assertThat(total(store).tokens().output()).isEqualTo(75);
      store.append(batch("d_1", List.of(response("s", 3, 5)), file("s", 4)));
      assertThat(total(store).tokens().output()).isEqualTo(75);
      assertThat(store.quality().get(new DeviceId("d_1")).givenWay()).isEqualTo(2);
      assertThat(store.verify()).isEmpty();
    }
  }

  /// `agent setup --code` makes another device of the same machine, and so does an import.
  @Test
  void transcriptMayComeFromADeviceOfAnotherName() {
    try (var store = open("devices")) {
      store.append(batch("d_old", List.of(entry("s", 1, 70), entry("t", 1, 9))));
      store.append(batch("d_new", List.of(response("s", 1, 70)), file("s", 60)));
      assertThat(total(store).tokens().output()).isEqualTo(79);
      assertThat(store.quality().get(new DeviceId("d_old"))).isEqualTo(new Quality(0, 0, 0, 0, 1));
      assertThat(meter(store, Meter.SESSIONS)).isEqualTo(2);
      assertThat(store.verify()).isEmpty();
    }
  }

  /// The daemon's 3 entries of a session of 1 response; and a session that only the other device
  /// told of, of which nothing is left.
  @Test
  void distributionsOfEndedSessionsAreOfWhatCounts() {
    try (var store = open("ended")) {
      store.append(batch("d_1", List.of(entry("s", 1, 70), entry("s", 2, 70), entry("s", 3, 70))));
      store.append(batch("d_2", List.of(entry("t", 1, 9))));
      store.append(batch("d_1", List.of(entry("u", 1, 5))));
      assertThat(store.observeEnded(NOON.plus(Duration.ofDays(1)))).isEqualTo(3);
      assertThat(distribution(store, "d_1", Meter.SESSION_RESPONSES)).containsExactly(2L, 4L);
      store.append(batch("d_1", List.of(response("s", 1, 70)), file("s", 60)));
      store.append(batch("d_1", List.of(response("t", 1, 9)), file("t", 60)));
      assertThat(distribution(store, "d_1", Meter.SESSION_RESPONSES)).containsExactly(2L, 2L);
      assertThat(distribution(store, "d_2", Meter.SESSION_RESPONSES)).containsExactly(0L, 0L);
      assertThat(distribution(store, "d_2", Meter.SESSION_TOKENS)).containsExactly(0L, 0L);
    }
  }

  /// How many were observed, and the sum of their values.
  private static List<Long> distribution(UsageStore store, String device, Meter meter) {
    long[] counted = new long[2];
    for (MeterReading reading : store.meters(-1).readings()) {
      if (reading.meter() == meter && reading.device().text().equals(device)) {
        counted[reading.part() == Meter.SUM_PART ? 1 : 0] += reading.amount();
      }
    }
    return List.of(counted[0], counted[1]);
  }

  @Test
  void filesOfSubagentsAreNoTranscriptsOfSessions() {
    try (var store = open("agents")) {
      store.append(batch("d_1", List.of(entry("s", 1, 70))));
      store.append(
          batch(
              "d_1",
              List.of(),
              read("/p/s/subagents/agent-1.jsonl", 60),
              read("/p/agent-s.jsonl", 60),
              read("/p/s.json", 60)));
      assertThat(total(store).tokens().output()).isEqualTo(70);
    }
  }

  /// The truth is a reckoning over what was sent: responses with ids, and the daemon's entries that
  /// are later than the last reading of their session's transcript.
  @Test
  void sumsDependOnWhatCameAndNotOnTheOrder() {
    for (int seed = 0; seed < 12; seed++) {
      var random = new Random(seed);
      List<Batch> batches = batches(random);
      Set<Slice> sums = null;
      for (int order = 0; order < 4; order++) {
        Collections.shuffle(batches, random);
        try (var store = open("seed" + seed + "-" + order)) {
          batches.forEach(store::append);
          batches.forEach(store::append);
          assertThat(store.verify()).isEmpty();
          assertThat(total(store).tokens().output()).as("seed %d", seed).isEqualTo(truth(batches));
          assertThat(meter(store, Meter.OUTPUT)).isEqualTo(truth(batches));
          Set<Slice> now = new HashSet<>(store.sums(TimeRange.ALL, ALL));
          assertThat(sums == null ? now : sums).isEqualTo(now);
          sums = now;
        }
      }
    }
  }

  /// The other device's entries count again when what they gave way to is gone.
  @Test
  void deletingADevicesUsageLeavesWhatTheOthersToldAsIfItHadNeverBeen() {
    for (int seed = 0; seed < 8; seed++) {
      var random = new Random(seed);
      List<Batch> batches = batches(random);
      List<Batch> others =
          batches.stream().filter(batch -> !batch.device().text().equals("d_1")).toList();
      try (var all = open("all" + seed);
          var rest = open("rest" + seed)) {
        batches.forEach(all::append);
        Set<Object> shared =
            keys(batches.stream().filter(batch -> !others.contains(batch)).toList());
        shared.retainAll(keys(others));
        others.forEach(rest::append);
        all.clear(new DeviceId("d_1"));
        assertThat(all.verify()).isEmpty();
        assertThat(all.sums(TimeRange.ALL, ALL))
            .noneMatch(slice -> slice.device().text().equals("d_1"));
        assertThat(meter(all, Meter.OUTPUT)).isEqualTo(total(all).tokens().output());
        if (shared.isEmpty()) {
          assertThat(new HashSet<>(all.sums(TimeRange.ALL, ALL)))
              .isEqualTo(new HashSet<>(rest.sums(TimeRange.ALL, ALL)));
        }
        assertThat(all.clear(new DeviceId("d_1"))).isZero();
        assertThat(all.clear(new DeviceId("d_nobody"))).isZero();
      }
    }
  }

  private static Set<Object> keys(List<Batch> batches) {
    var keys = new HashSet<Object>();
    batches.forEach(batch -> batch.events().forEach(event -> keys.add(event.key())));
    return keys;
  }

  /// `req_2` is a replay of `req_1`: it counts when that is gone.
  @Test
  void replayCountsWhenTheDeviceThatHadItsOriginalIsDeleted() {
    UsageEvent original = Events.event("msg_1", "req_1", minute(1), 70, "s", false);
    UsageEvent replay = Events.event("msg_1", "req_2", minute(2), 70, "t", true);
    try (var store = open("replay")) {
      store.append(batch("d_1", List.of(original)));
      store.append(batch("d_2", List.of(replay)));
      assertThat(total(store).responses()).isEqualTo(1);
      assertThat(store.clear(new DeviceId("d_1"))).isEqualTo(1);
      assertThat(store.sums(TimeRange.ALL, Set.of(Dimension.DEVICE)))
          .extracting(Slice::device, slice -> slice.totals().responses())
          .containsExactly(tuple(new DeviceId("d_2"), 1L));
      assertThat(store.verify()).isEmpty();
    }
  }

  private static List<Batch> batches(Random random) {
    List<Batch> batches = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String device = "d_" + random.nextInt(3);
      String session = "s" + random.nextInt(4);
      int minute = random.nextInt(30);
      batches.add(
          switch (random.nextInt(4)) {
            case 0 -> batch(device, List.of(response(session, minute, output(session, minute))));
            case 1 -> batch(device, List.of(), file(session, minute));
            default -> batch(device, List.of(entry(session, minute, output(session, minute))));
          });
    }
    return batches;
  }

  private static long output(String session, int minute) {
    return 100L * minute + session.charAt(1);
  }

  private static long truth(List<Batch> batches) {
    Map<String, Instant> read = new HashMap<>();
    Map<Object, UsageEvent> events = new HashMap<>();
    for (Batch batch : batches) {
      batch.events().forEach(event -> events.put(event.key(), event));
      for (FileRead file : batch.readings()) {
        read.merge(
            file.cursor().session().text(),
            file.cursor().modified(),
            (a, b) -> a.isAfter(b) ? a : b);
      }
    }
    return events.values().stream()
        .filter(
            event ->
                event.key().messageId().startsWith("msg_")
                    || event
                        .at()
                        .isAfter(
                            read.getOrDefault(event.attribution().session().text(), Instant.MIN)))
        .mapToLong(event -> event.usage().tokens().output())
        .sum();
  }

  private static Totals total(UsageStore store) {
    return store.sums(TimeRange.ALL, Set.of()).stream()
        .map(Slice::totals)
        .reduce(Totals.ZERO, Totals::plus);
  }

  private static long meter(UsageStore store, Meter meter) {
    return store.meters(-1).readings().stream()
        .filter(reading -> reading.meter() == meter)
        .mapToLong(MeterReading::amount)
        .sum();
  }

  private static Instant minute(int minute) {
    return NOON.plus(Duration.ofMinutes(minute));
  }

  private static UsageEvent entry(String session, int minute, long output) {
    UsageEvent event =
        LegacyEvents.toEvent(
            new LegacyEntry(
                session, "p", minute(minute), "assistant", null, 10, output, 0, 0, null));
    assertThat(event).isNotNull();
    return event;
  }

  private static UsageEvent response(String session, int minute, long output) {
    return Events.event("msg_" + session + minute, "req", minute(minute), output, session, false);
  }

  private static FileRead file(String session, int minute) {
    return read("/home/me/.claude/projects/p/" + session + ".jsonl", minute);
  }

  private static FileRead read(String path, int minute) {
    return new FileRead(
        new FileCursor(path, "", 100, minute(minute), 100, 9),
        true,
        100,
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        List.of());
  }

  private static Batch batch(String device, List<UsageEvent> events, FileRead... files) {
    return new Batch(new DeviceId(device), events, List.of(), List.of(), List.of(), List.of(files));
  }
}
