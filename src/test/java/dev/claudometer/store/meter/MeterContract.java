package dev.claudometer.store.meter;

import static dev.claudometer.usage.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.claudometer.model.Activity;
import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.Attribution;
import dev.claudometer.model.Completion;
import dev.claudometer.model.Damage;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.EventKey;
import dev.claudometer.model.FileCursor;
import dev.claudometer.model.FileRead;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.Origin;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.Usage;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.Batch;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.EventFilter;
import dev.claudometer.store.Slice;
import dev.claudometer.store.StoredEvent;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.meter.Meter.Kind;
import dev.claudometer.usage.Events;
import dev.claudometer.usage.Totals;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every store promises to those who scrape it.
public abstract class MeterContract {

  private static final String[] DEVICES = {"d_1", "d_2", "d_3"};

  private static final Map<Meter, Function<Totals, Long>> SUMS =
      Map.of(
          Meter.RESPONSES,
          Totals::responses,
          Meter.UNPRICED,
          Totals::unpriced,
          Meter.INPUT,
          totals -> totals.tokens().input(),
          Meter.OUTPUT,
          totals -> totals.tokens().output(),
          Meter.CACHE_WRITE,
          totals -> totals.tokens().cacheWrite(),
          Meter.CACHE_READ,
          totals -> totals.tokens().cacheRead(),
          Meter.WEB_SEARCHES,
          Totals::webSearches,
          Meter.WEB_FETCHES,
          Totals::webFetches,
          Meter.COST,
          totals -> totals.reportedElseCalculated().nanos());

  private Path place;

  /// Opens the store at a place, and makes it where there is none.
  protected abstract UsageStore open(Path place, PriceBook prices);

  @BeforeEach
  void in(@TempDir Path directory) {
    place = directory.resolve("store");
  }

  private UsageStore open(String name) {
    return open(place.resolveSibling(name), PriceBook.builtIn());
  }

  private record Key(
      Meter meter, String device, String project, String model, String name, long part) {}

  private static Key key(MeterReading reading) {
    return new Key(
        reading.meter(),
        reading.device().text(),
        reading.project().text(),
        reading.model(),
        reading.name(),
        reading.part());
  }

  private static Map<Key, MeterReading> all(UsageStore store) {
    return store.meters(-1).readings().stream()
        .collect(Collectors.toMap(MeterContract::key, Function.identity()));
  }

  @Test
  void metersAreTheSumsOfWhatCountsWhateverWasCorrected() {
    for (long seed = 0; seed < 6; seed++) {
      try (var store = open("sums" + seed)) {
        var random = new Random(seed);
        batches(random, 200).forEach(store::append);
        Map<Key, MeterReading> meters = all(store);
        Map<Key, Long> expected = new HashMap<>();
        for (Slice slice :
            store.sums(
                TimeRange.ALL, Set.of(Dimension.DEVICE, Dimension.PROJECT, Dimension.MODEL))) {
          SUMS.forEach(
              (meter, sum) -> {
                long amount = sum.apply(slice.totals());
                if (amount != 0) {
                  expected.put(
                      new Key(
                          meter,
                          slice.device().text(),
                          slice.project().text(),
                          slice.model(),
                          "",
                          0),
                      amount);
                }
              });
        }
        Map<Key, Long> actual = new HashMap<>();
        meters.forEach(
            (key, reading) -> {
              if (SUMS.containsKey(key.meter()) && reading.amount() != 0) {
                actual.put(key, reading.amount());
              }
            });
        assertThat(actual).as("seed %d", seed).isEqualTo(expected);
        assertThat(meters.values()).allMatch(reading -> reading.most() >= reading.amount());
        assertThat(store.verify()).isEmpty();
      }
    }
  }

  @Test
  void distributionsAreThoseOfTheResponses() {
    try (var store = open("distributions")) {
      batches(new Random(3), 300).forEach(store::append);
      Map<Key, Long> expected = new HashMap<>();
      for (StoredEvent stored : store.events(new EventFilter.Within(TimeRange.ALL))) {
        if (stored.counted() && stored.event().key().isResponse()) {
          UsageEvent event = stored.event();
          observe(expected, Meter.REQUEST_INPUT, stored, event.usage().tokens().input());
          observe(expected, Meter.REQUEST_OUTPUT, stored, event.usage().tokens().output());
          Usd reported = event.usage().reportedCost();
          Usd cost = reported == null ? stored.booked() : reported;
          if (cost != null) {
            observe(expected, Meter.REQUEST_COST, stored, cost.nanos());
          }
          event
              .tools()
              .forEach(
                  tool ->
                      expected.merge(
                          new Key(Meter.TOOL_CALLS, stored.device().text(), "", "", tool.name(), 0),
                          1L,
                          Long::sum));
        }
      }
      expected.values().removeIf(amount -> amount == 0);
      Map<Key, Long> actual = new HashMap<>();
      all(store)
          .forEach(
              (key, reading) -> {
                boolean compared =
                    key.meter().kind() == Kind.DISTRIBUTION || key.meter() == Meter.TOOL_CALLS;
                if (compared && reading.amount() != 0) {
                  actual.put(key, reading.amount());
                }
              });
      assertThat(actual).isEqualTo(expected);
    }
  }

  private static void observe(
      Map<Key, Long> expected, Meter meter, StoredEvent stored, long value) {
    String model = stored.model();
    expected.merge(
        new Key(meter, stored.device().text(), "", model, "", meter.bucket(value)), 1L, Long::sum);
    expected.merge(
        new Key(meter, stored.device().text(), "", model, "", Meter.SUM_PART), value, Long::sum);
  }

  @Test
  void mostNeverFallsAndChangesAreTheWhole() {
    try (var store = open("changes")) {
      Map<Key, MeterReading> known = new HashMap<>();
      long revision = -1;
      for (Batch batch : batches(new Random(4), 300)) {
        store.append(batch);
        MeterQueries.Meters changes = store.meters(revision);
        for (MeterReading reading : changes.readings()) {
          MeterReading before = known.put(key(reading), reading);
          assertThat(reading.most())
              .isGreaterThanOrEqualTo(before == null ? Long.MIN_VALUE : before.most());
        }
        revision = changes.revision();
        assertThat(known).isEqualTo(all(store));
        assertThat(store.meters(revision).readings()).isEmpty();
        store.append(batch);
        assertThat(store.meters(revision).readings()).as("again").isEmpty();
      }
    }
  }

  @Test
  void olderMetersComeFirstAndKeepTheirPlace() {
    try (var store = open("order")) {
      for (String model : List.of("zulu", "alpha", "mike")) {
        UsageEvent plain = Events.event("msg_" + model, "r", NOON, 5);
        store.append(batch("d_1", List.of(placed(plain, NOON, "s", "p", model))));
      }
      store.append(
          batch("d_1", List.of(placed(Events.event("m", "r", NOON, 1), NOON, "s", "p", "zulu"))));
      assertThat(store.meters(-1).readings())
          .filteredOn(reading -> reading.meter() == Meter.OUTPUT)
          .extracting(MeterReading::model, MeterReading::amount)
          .containsExactly(tuple("zulu", 6L), tuple("alpha", 5L), tuple("mike", 5L));
    }
  }

  @Test
  void forgottenResponsesStayInTheMeters() {
    try (var store = open("forgotten")) {
      batches(new Random(8), 200).forEach(store::append);
      Map<Key, MeterReading> before = all(store);
      assertThat(store.forget(NOON.plus(Duration.ofDays(2)))).isPositive();
      assertThat(all(store)).isEqualTo(before);
    }
  }

  @Test
  void spendIsExactFromAnyInstant() {
    try (var store = open("spend")) {
      batches(new Random(9), 300).forEach(store::append);
      List<StoredEvent> events = store.events(new EventFilter.Within(TimeRange.ALL));
      for (int minutes = -7; minutes < 6_000; minutes += 173) {
        Instant from = NOON.plusSeconds(minutes * 60L + 1);
        Map<DeviceId, Usd> expected =
            events.stream()
                .filter(stored -> stored.counted() && !stored.event().at().isBefore(from))
                .collect(Collectors.toMap(StoredEvent::device, MeterContract::cost, Usd::plus));
        Map<DeviceId, Usd> actual = new HashMap<>(store.spend(from));
        assertThat(actual).isEqualTo(expected);
      }
    }
  }

  private static Usd cost(StoredEvent stored) {
    Usd reported = stored.event().usage().reportedCost();
    Usd booked = stored.booked();
    return reported != null ? reported : booked != null ? booked : Usd.ZERO;
  }

  @Test
  void pausesAreThoseBetweenTheResponsesOfADevice() {
    try (var store = open("pauses")) {
      for (int minute : new int[] {0, 10, 3, 4}) {
        Instant at = NOON.plusSeconds(60L * minute);
        store.append(batch("d_1", List.of(Events.event("msg_" + minute, "r", at, 1))));
      }
      store.append(batch("d_2", List.of(Events.event("msg_x", "r", NOON.plusSeconds(70), 1))));
      assertThat(store.pauses(NOON).get(new DeviceId("d_1")))
          .containsExactly(180_000L, 60_000L, 360_000L);
      assertThat(store.pauses(NOON.plusSeconds(1)).get(new DeviceId("d_1")))
          .containsExactly(60_000L, 360_000L);
      assertThat(store.pauses(NOON).get(new DeviceId("d_2"))).isNull();
    }
  }

  @Test
  void endOfASessionIsObservedOnceAlsoWhenItIsTakenUpAgain() {
    try (var store = open("ended")) {
      store.append(batch("d_1", List.of(at("msg_1", "s", 0), at("msg_2", "s", 5))));
      assertThat(store.activeSessions(NOON, 10))
          .containsExactly(
              new ActiveSession(
                  new SessionId("s"),
                  new DeviceId("d_1"),
                  new ProjectName("p"),
                  NOON,
                  NOON.plusSeconds(300),
                  Set.of("claude-opus-5")));
      assertThat(store.observeEnded(NOON.plusSeconds(300))).isZero();
      assertThat(store.observeEnded(NOON.plusSeconds(301))).isEqualTo(1);
      assertThat(duration(store)).isEqualTo(300_000L);
      store.append(batch("d_1", List.of(at("msg_3", "s", 60))));
      assertThat(store.activeSessions(NOON.plusSeconds(400), 10)).hasSize(1);
      assertThat(store.observeEnded(NOON.plusSeconds(9_999))).isZero();
      assertThat(duration(store)).isEqualTo(300_000L);
      assertThat(amount(store, Meter.SESSIONS)).isEqualTo(1);
      assertThat(amount(store, Meter.LAST_AT)).isEqualTo(NOON.plusSeconds(3600).toEpochMilli());
      assertThat(amount(store, Meter.FIRST_AT)).isEqualTo(-NOON.toEpochMilli());
    }
  }

  private static UsageEvent at(String message, String session, int minute) {
    Instant at = NOON.plusSeconds(60L * minute);
    return placed(Events.event(message, "r", at, 1), at, session, "p", "claude-opus-5");
  }

  private static long duration(UsageStore store) {
    return all(store)
        .get(new Key(Meter.SESSION_DURATION, "d_1", "p", "", "", Meter.SUM_PART))
        .amount();
  }

  private static long amount(UsageStore store, Meter meter) {
    return all(store).get(new Key(meter, "d_1", "p", "", "", 0)).amount();
  }

  @Test
  void filesAndTheirDamageAreMeteredAsTheyAreNow() {
    try (var store = open("files")) {
      store.append(file(100, 2));
      store.append(file(100, 2));
      store.append(file(150, 1));
      assertThat(all(store).values())
          .extracting(MeterReading::meter, MeterReading::amount, MeterReading::most)
          .containsExactlyInAnyOrder(
              tuple(Meter.FILES, 1L, 1L),
              tuple(Meter.READ_BYTES, 150L, 150L),
              tuple(Meter.DAMAGED_LINES, 1L, 2L));
    }
  }

  private static Batch file(long bytes, int damages) {
    List<Damage> damaged = new ArrayList<>();
    for (int i = 0; i < damages; i++) {
      damaged.add(new Damage(new Origin.Line("/t/a.jsonl", i), 1, "torn", 0));
    }
    var reading =
        new FileRead(
            new FileCursor("/t/a.jsonl", "", bytes, NOON, bytes, 0),
            true,
            bytes,
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            damaged);
    return new Batch(
        new DeviceId("d_1"), List.of(), List.of(), List.of(), List.of(), List.of(reading));
  }

  @Test
  void lastReadingOfEachWindowIsKnownByDevice() {
    try (var store = open("limits")) {
      store.append(Batch.of(new DeviceId("d_1"), limit("five_hour", 0.5, 60)));
      store.append(Batch.of(new DeviceId("d_1"), limit("five_hour", 0.25, 0)));
      store.append(Batch.of(new DeviceId("d_2"), limit("seven_day", 0.75, 30)));
      assertThat(store.limits())
          .containsOnly(
              Map.entry(new DeviceId("d_1"), List.of(limit("five_hour", 0.5, 60))),
              Map.entry(new DeviceId("d_2"), List.of(limit("seven_day", 0.75, 30))));
      assertThat(store.limits(new DeviceId("d_1"))).containsExactly(limit("five_hour", 0.5, 60));
    }
  }

  private static LimitReading limit(String window, double used, int second) {
    return new LimitReading(window, used, null, NOON.plusSeconds(second), "statusline");
  }

  @Test
  void activitiesAreMeteredOnceHoweverOftenTheyAreTold() {
    try (var store = open("activities")) {
      for (int i = 0; i < 2; i++) {
        store.append(
            activities(
                activity(ActivityKind.TURN, "t1", 20_106),
                activity(ActivityKind.TURN, "t2", 4_000_000),
                activity(ActivityKind.COMPACTION, "c1", 120_000),
                activity(ActivityKind.COMPACTION, "c2", 0),
                activity(ActivityKind.API_ERROR, "e1", 0)));
      }
      assertThat(store.meters(-1).readings())
          .extracting(
              MeterReading::meter, MeterReading::name, MeterReading::part, MeterReading::amount)
          .containsExactlyInAnyOrder(
              tuple(Meter.ACTIVITIES, "TURN", 0L, 2L),
              tuple(Meter.ACTIVITIES, "COMPACTION", 0L, 2L),
              tuple(Meter.ACTIVITIES, "API_ERROR", 0L, 1L),
              tuple(Meter.TURN_DURATION, "", 3L, 1L),
              tuple(Meter.TURN_DURATION, "", 10L, 1L),
              tuple(Meter.TURN_DURATION, "", Meter.SUM_PART, 4_020_106L),
              tuple(Meter.COMPACTED_TOKENS, "", 2L, 1L),
              tuple(Meter.COMPACTED_TOKENS, "", Meter.SUM_PART, 120_000L));
      assertThat(store.happenings(new SessionId("session-1")).activities()).isEmpty();
      store.append(batch("d_1", List.of(Events.event("m", "r", NOON, 1))));
      assertThat(store.happenings(new SessionId("session-1")).activities())
          .isEqualTo(
              Map.of(
                  ActivityKind.TURN, 2L, ActivityKind.COMPACTION, 2L, ActivityKind.API_ERROR, 1L));
    }
  }

  private static Activity activity(ActivityKind kind, String key, long value) {
    return new Activity(
        kind, key, NOON, new SessionId("session-1"), new ProjectName("p"), "", value);
  }

  private static Batch activities(Activity... activities) {
    return new Batch(
        new DeviceId("d_1"), List.of(), List.of(activities), List.of(), List.of(), List.of());
  }

  @Test
  void toolsReasonsAndStartsAreThoseOfTheResponses() {
    try (var store = open("happenings")) {
      batches(new Random(12), 300).forEach(store::append);
      List<StoredEvent> counted =
          store.events(new EventFilter.Within(TimeRange.ALL)).stream()
              .filter(StoredEvent::counted)
              .toList();
      Map<SessionId, List<StoredEvent>> bySession =
          counted.stream()
              .collect(Collectors.groupingBy(stored -> stored.event().attribution().session()));
      bySession.forEach(
          (session, events) -> {
            var happenings = store.happenings(session);
            assertThat(happenings.tools().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(calls(events));
            assertThat(happenings.stopReasons().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(
                    events.stream()
                        .filter(stored -> stored.event().key().isResponse())
                        .filter(stored -> stored.event().usage().finalised())
                        .count());
          });
      assertThat(store.sessionStarts())
          .containsExactlyInAnyOrderElementsOf(
              bySession.values().stream()
                  .map(
                      events ->
                          events.stream().map(e -> e.event().at()).min(Instant::compareTo).get())
                  .toList());
      var range = new TimeRange(NOON.plusSeconds(90_000), NOON.plusSeconds(200_000));
      assertThat(store.toolCalls(range))
          .isEqualTo(
              calls(
                  counted.stream()
                      .filter(stored -> !stored.event().at().isBefore(range.from()))
                      .filter(stored -> stored.event().at().isBefore(range.to()))
                      .toList()));
    }
  }

  private static long calls(List<StoredEvent> events) {
    return events.stream().mapToLong(stored -> stored.event().tools().size()).sum();
  }

  /// Random copies on random machines, over days and many sessions.
  protected static List<Batch> batches(Random random, int count) {
    List<Batch> batches = new ArrayList<>();
    int made = 0;
    while (made < count) {
      int size = 1 + random.nextInt(40);
      var joined = new HashMap<EventKey, UsageEvent>();
      for (int i = 0; i < size; i++) {
        UsageEvent event = Events.random(random, Events.randomKey(random, count / 3));
        Instant at = NOON.plusSeconds(random.nextInt(6_000) * 60L);
        Attribution attribution = event.attribution();
        joined.put(
            event.key(),
            placed(
                event,
                at,
                "session-" + random.nextInt(40),
                attribution.project().text(),
                event.usage().model()));
      }
      batches.add(batch(DEVICES[random.nextInt(DEVICES.length)], List.copyOf(joined.values())));
      made += size;
    }
    return batches;
  }

  private static UsageEvent placed(
      UsageEvent event, Instant at, String session, String project, String model) {
    Attribution attribution = event.attribution();
    return new UsageEvent(
        event.key(),
        new Completion(at, event.completion().output()),
        new Usage(
            model,
            event.usage().tokens(),
            event.usage().webSearches(),
            event.usage().webFetches(),
            event.usage().terms(),
            event.usage().stopReason(),
            event.usage().reportedCost()),
        new Attribution(
            new SessionId(session),
            new ProjectName(project),
            attribution.branch(),
            attribution.agent(),
            attribution.sidechain(),
            attribution.forked(),
            attribution.at(),
            attribution.origin()),
        event.progress(),
        event.origin(),
        event.tools());
  }

  private static Batch batch(String device, List<UsageEvent> events) {
    return new Batch(new DeviceId(device), events, List.of(), List.of(), List.of(), List.of());
  }
}
