package dev.claudometer.store;

import static dev.claudometer.usage.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.claudometer.model.Activity;
import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.BillingTerms;
import dev.claudometer.model.CostBasis;
import dev.claudometer.model.Damage;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.EventKey;
import dev.claudometer.model.FileCursor;
import dev.claudometer.model.FileRead;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.Origin;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.SessionTotal;
import dev.claudometer.model.SessionTotal.ModelTotal;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.ToolUse;
import dev.claudometer.model.Usage;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.PricedUses.Stored;
import dev.claudometer.store.Quarters.Ends;
import dev.claudometer.store.Quarters.FirstUse;
import dev.claudometer.store.Quarters.Quarter;
import dev.claudometer.usage.Copies;
import dev.claudometer.usage.Events;
import dev.claudometer.usage.Totals;
import java.io.IOException;
import java.nio.file.Files;
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
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every store promises.
public abstract class UsageStoreContract {

  private static final Set<Dimension> ALL = EnumSet.allOf(Dimension.class);

  private Path place;

  /// Opens the store at a place, and makes it where there is none.
  protected abstract UsageStore open(Path place, PriceBook prices);

  @BeforeEach
  void in(@TempDir Path directory) {
    place = directory.resolve("store");
  }

  protected UsageStore open() {
    return open(place, PriceBook.builtIn());
  }

  @Test
  void newStoreIsEmptyAndSound() {
    try (var store = open()) {
      assertThat(store.extent()).isNull();
      assertThat(store.sums(TimeRange.ALL, ALL)).isEmpty();
      assertThat(store.sums(TimeRange.ALL, Set.of())).isEmpty();
      assertThat(store.entries(TimeRange.ALL)).isEmpty();
      assertThat(store.cursors(DeviceId.THIS)).isEmpty();
      assertThat(store.limits(DeviceId.THIS)).isEmpty();
      assertThat(store.sessionTotals()).isEmpty();
      assertThat(store.holdings().events()).isZero();
      assertThat(store.verify()).isEmpty();
    }
  }

  @Test
  void appendingAgainChangesNothing() {
    try (var store = open()) {
      Batch batch = events(List.of(event("msg_1", 5), event("msg_2", 7)));
      assertThat(store.append(batch)).isEqualTo(new Receipt(2, 0, 0));
      List<Slice> before = store.sums(TimeRange.ALL, ALL);
      assertThat(store.append(batch)).isEqualTo(new Receipt(0, 0, 2));
      assertThat(store.sums(TimeRange.ALL, ALL)).isEqualTo(before);
      assertThat(store.verify()).isEmpty();
    }
  }

  @Test
  void weightierCopyReplacesAndALighterOneDoesNot() {
    try (var store = open()) {
      store.append(events(List.of(event("msg_1", 5))));
      assertThat(store.append(events(List.of(event("msg_1", 9))))).isEqualTo(new Receipt(0, 1, 0));
      assertThat(total(store).tokens().output()).isEqualTo(9);
      store.append(events(List.of(event("msg_1", 2))));
      assertThat(total(store).tokens().output()).isEqualTo(9);
      assertThat(total(store).responses()).isEqualTo(1);
      assertThat(store.verify()).isEmpty();
    }
  }

  @Test
  void eventComesBackAsItWasStored() {
    for (long seed = 0; seed < 300; seed++) {
      UsageEvent event = Events.random(new Random(seed), new EventKey("msg_" + seed, "req"));
      try (var store = open()) {
        store.append(events(List.of(event)));
        assertThat(store.events(new EventFilter.ById("msg_" + seed)))
            .extracting(StoredEvent::event)
            .containsExactly(event);
      }
    }
  }

  @Test
  void eventsAreFoundByMessageRequestSessionAndRange() {
    try (var store = open()) {
      UsageEvent one = Events.event("msg_1", "req_1", NOON, 5, "a", false);
      UsageEvent two = Events.event("msg_2", "req_2", NOON.plusSeconds(60), 5, "b", false);
      store.append(events(List.of(one, two)));
      assertThat(found(store, new EventFilter.ById("msg_1"))).containsExactly(one);
      assertThat(found(store, new EventFilter.ById("req_2"))).containsExactly(two);
      assertThat(found(store, new EventFilter.ById("other"))).isEmpty();
      assertThat(found(store, new EventFilter.OfSession(new SessionId("b")))).containsExactly(two);
      assertThat(found(store, new EventFilter.OfSession(new SessionId("b"), 1, 10))).isEmpty();
      assertThat(found(store, new EventFilter.Within(new TimeRange(NOON, NOON.plusSeconds(60)))))
          .containsExactly(one);
      assertThat(found(store, new EventFilter.Within(TimeRange.ALL))).containsExactly(one, two);
    }
  }

  @Test
  void replayDoesNotCountWhicheverComesFirst() {
    UsageEvent answer = Events.event("msg_1", "req_1", NOON, 100, "a", false);
    UsageEvent replay = Events.event("msg_1", "req_2", NOON.minusSeconds(60), 100, "a", true);
    for (List<UsageEvent> order : List.of(List.of(answer, replay), List.of(replay, answer))) {
      try (var store = open(place.resolveSibling("s" + order.hashCode()), PriceBook.builtIn())) {
        order.forEach(event -> store.append(events(List.of(event))));
        assertThat(total(store).responses()).isEqualTo(1);
        assertThat(store.entries(TimeRange.ALL)).extracting(Entry::at).containsExactly(NOON);
        assertThat(store.holdings().events()).isEqualTo(2);
        assertThat(store.holdings().replays()).isEqualTo(1);
        assertThat(store.verify()).isEmpty();
      }
    }
  }

  @Test
  void orderAndRepetitionOfBatchesDoNotMatter() {
    for (long seed = 0; seed < 25; seed++) {
      var random = new Random(seed);
      List<UsageEvent> copies = copies(random, 120);
      Path one = place.resolveSibling("a" + seed);
      Path other = place.resolveSibling("b" + seed);
      try (var ordered = open(one, PriceBook.builtIn());
          var shuffled = open(other, PriceBook.builtIn())) {
        batches(random, copies).forEach(ordered::append);
        List<UsageEvent> again = new ArrayList<>(copies);
        again.addAll(copies.subList(0, 60));
        Collections.shuffle(again, random);
        batches(random, again).forEach(shuffled::append);
        assertThat(sums(shuffled)).as("seed %d", seed).isEqualTo(sums(ordered));
        assertThat(new HashSet<>(shuffled.events(new EventFilter.Within(TimeRange.ALL))))
            .isEqualTo(new HashSet<>(ordered.events(new EventFilter.Within(TimeRange.ALL))));
        assertThat(shuffled.verify()).isEmpty();
      }
    }
  }

  @Test
  void sumsAreThoseOfASimpleModel() {
    for (long seed = 100; seed < 140; seed++) {
      var random = new Random(seed);
      var model = new UsageModel();
      try (var store = open(place.resolveSibling("m" + seed), PriceBook.builtIn())) {
        for (Batch batch : batches(random, copies(random, 150))) {
          Receipt receipt = store.append(batch);
          assertThat(receipt.added() + receipt.replaced() + receipt.unchanged())
              .isEqualTo(batch.events().size());
          batch.events().forEach(model::add);
        }
        assertThat(sums(store)).as("seed %d", seed).isEqualTo(model.sums());
        assertThat(store.verify()).as("seed %d", seed).isEmpty();
        assertThat(store.holdings().events()).isEqualTo(model.events().size());
        assertThat(store.holdings().events() - store.holdings().replays())
            .isEqualTo(model.counted().size());
        assertThat(store.entries(TimeRange.ALL).stream().map(Entry::totals).reduce(Totals::plus))
            .isEqualTo(model.counted().stream().map(UsageModel::totals).reduce(Totals::plus));
        assertThat(SessionSpans.of(store, TimeRange.ALL, Where.ANY))
            .containsExactlyInAnyOrderElementsOf(model.spans());
        var allOfIt = new TimeRange(NOON.minusSeconds(86_400_000), NOON.plusSeconds(86_400_000));
        assertThat(SessionSpans.of(store, allOfIt, Where.ANY))
            .containsExactlyInAnyOrderElementsOf(model.spans());
        assertThat(store.holdings().tools()).isEqualTo(model.tools());
      }
    }
  }

  @Test
  void quarterHoursTellWhatTheirResponsesTell() {
    var random = new Random(8);
    try (var store = open()) {
      batches(random, copies(random, 300)).forEach(store::append);
      Map<Instant, List<Entry>> byQuarter =
          store.entries(TimeRange.ALL).stream()
              .collect(
                  Collectors.groupingBy(
                      entry -> Instant.ofEpochSecond(entry.at().getEpochSecond() / 900 * 900),
                      TreeMap::new,
                      Collectors.toList()));
      List<Instant> quarters = List.copyOf(byQuarter.keySet());
      assertThat(store.quarters(Instant.EPOCH))
          .extracting(Quarter::at)
          .containsExactlyElementsOf(quarters);
      for (Quarter quarter : store.quarters(Instant.EPOCH)) {
        List<Entry> entries = byQuarter.get(quarter.at());
        assertThat(quarter.totals())
            .isEqualTo(entries.stream().map(Entry::totals).reduce(Totals.ZERO, Totals::plus));
        assertThat(quarter.models())
            .containsExactlyInAnyOrderElementsOf(
                entries.stream().map(Entry::model).distinct().toList());
      }
      assertThat(store.quarters(quarters.getLast())).hasSize(1);
      assertThat(store.ends(quarters))
          .containsExactlyInAnyOrderElementsOf(
              byQuarter.entrySet().stream()
                  .map(
                      each ->
                          new Ends(
                              each.getKey(),
                              each.getValue().getFirst().at(),
                              each.getValue().getLast().at()))
                  .toList());
      for (FirstUse use : store.firstUses(quarters)) {
        assertThat(byQuarter.get(use.at()))
            .filteredOn(entry -> entry.model().equals(use.model()))
            .first()
            .extracting(Entry::at)
            .isEqualTo(use.first());
      }
      for (Entry entry : store.entries(TimeRange.ALL)) {
        var instant = new TimeRange(entry.at(), entry.at().plusMillis(1));
        assertThat(store.modelsAt(entry.at()))
            .containsExactlyElementsOf(
                store.entries(instant).stream().map(Entry::model).distinct().toList());
      }
    }
  }

  @Test
  void sumsOfQuarterHoursAreThoseOfTheirEntries() {
    var random = new Random(7);
    try (var store = open()) {
      batches(random, copies(random, 200)).forEach(store::append);
      Totals sum = Totals.ZERO;
      for (int i = 0; i < 8; i++) {
        var quarter = new TimeRange(NOON.plusSeconds(900L * i), NOON.plusSeconds(900L * (i + 1)));
        Totals entries =
            store.entries(quarter).stream().map(Entry::totals).reduce(Totals.ZERO, Totals::plus);
        Totals sums =
            store.sums(quarter, ALL).stream().map(Slice::totals).reduce(Totals.ZERO, Totals::plus);
        assertThat(sums).isEqualTo(entries);
        sum = sum.plus(sums);
      }
      assertThat(total(store)).isEqualTo(sum);
    }
  }

  @Test
  void dimensionsThatAreNotAskedForAreSummed() {
    var random = new Random(8);
    try (var store = open()) {
      batches(random, copies(random, 200)).forEach(store::append);
      Map<String, Totals> byModel =
          store.sums(TimeRange.ALL, ALL).stream()
              .collect(Collectors.toMap(Slice::model, Slice::totals, Totals::plus));
      assertThat(store.sums(TimeRange.ALL, Set.of(Dimension.MODEL)))
          .containsExactlyInAnyOrderElementsOf(
              byModel.entrySet().stream()
                  .map(
                      model ->
                          new Slice(
                              model.getKey(),
                              ProjectName.NONE,
                              SessionId.NONE,
                              "",
                              DeviceId.THIS,
                              model.getValue()))
                  .toList());
    }
  }

  @Test
  void extentReachesFromTheFirstCountedResponseToTheLast() {
    try (var store = open()) {
      store.append(
          events(
              List.of(
                  Events.event("msg_1", "r", NOON, 1),
                  Events.event("msg_2", "r", NOON.plusSeconds(9), 1),
                  Events.event("msg_2", "s", NOON.plusSeconds(99), 1, "a", true))));
      assertThat(store.extent()).isEqualTo(new TimeRange(NOON, NOON.plusSeconds(9).plusMillis(1)));
    }
  }

  @Test
  void extentOfARangeIsOfWhatIsAskedForOnly() {
    try (var store = open()) {
      store.append(
          events(
              List.of(
                  Events.event("msg_1", "r", NOON, 1),
                  Events.event("msg_2", "r", NOON.plusSeconds(9), 1, "session-2", false),
                  Events.event("msg_2", "s", NOON.plusSeconds(19), 1, "session-2", true),
                  Events.event("msg_3", "r", NOON.plusSeconds(29), 1),
                  Events.event("msg_4", "r", NOON.plusSeconds(60), 1))));
      var minute = new TimeRange(NOON, NOON.plusSeconds(60));
      assertThat(store.extent(minute, Where.ANY))
          .isEqualTo(new TimeRange(NOON, NOON.plusSeconds(29).plusMillis(1)));
      assertThat(store.extent(minute, Where.of(Dimension.SESSION, "session-2")))
          .isEqualTo(new TimeRange(NOON.plusSeconds(9), NOON.plusSeconds(9).plusMillis(1)));
      assertThat(store.extent(new TimeRange(NOON.plusSeconds(10), minute.to()), Where.ANY))
          .isEqualTo(new TimeRange(NOON.plusSeconds(29), NOON.plusSeconds(29).plusMillis(1)));
      assertThat(store.extent(minute, Where.of(Dimension.SESSION, "session-9"))).isNull();
    }
  }

  @Test
  void usesAreWhatCountedEventsArePricedBy() {
    for (long seed = 0; seed < 20; seed++) {
      var random = new Random(seed);
      List<UsageEvent> some = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        some.add(Events.random(random, Events.randomKey(random, 9)));
      }
      try (var store = open()) {
        store.append(events(some));
        var where = Where.of(Dimension.SESSION, "session-1");
        assertThat(store.uses(TimeRange.ALL, where))
            .containsExactlyInAnyOrderElementsOf(
                store
                    .events(new EventFilter.Within(TimeRange.ALL, where, Integer.MAX_VALUE))
                    .stream()
                    .filter(StoredEvent::counted)
                    .map(UsageStoreContract::priced)
                    .toList());
      }
    }
  }

  private static PricedUse priced(StoredEvent stored) {
    Usage usage = stored.event().usage();
    return new PricedUse(
        stored.event().at(),
        stored.event().key().messageId(),
        stored.event().attribution().session(),
        stored.model(),
        new Usage(
            usage.model(),
            usage.tokens(),
            usage.webSearches(),
            usage.webFetches(),
            Usage.UNTOLD,
            usage.terms(),
            usage.stopReason(),
            null,
            usage.rounds()),
        stored.booked());
  }

  /// A range has a later revision for every change of an event in it, and one event less for every
  /// event that goes.
  @Test
  void rangeTellsWhetherAnythingInItHasChanged() {
    var one = new TimeRange(NOON, NOON.plusSeconds(60));
    var other = new TimeRange(NOON.plusSeconds(60), NOON.plusSeconds(120));
    try (var store = open()) {
      assertThat(store.stored(TimeRange.ALL)).isEqualTo(new Stored(0, 0));
      store.append(
          events(
              List.of(
                  Events.event("msg_1", "req_1", NOON, 5),
                  Events.event("msg_2", "req_1", NOON.plusSeconds(59), 5),
                  Events.event("msg_3", "req_1", NOON.plusSeconds(60), 5))));
      Stored before = store.stored(one);
      Stored after = store.stored(other);
      assertThat(before.events()).isEqualTo(2);
      assertThat(after.events()).isEqualTo(1);
      store.append(events(List.of(Events.event("msg_1", "req_1", NOON, 5))));
      assertThat(store.stored(one)).as("nothing has changed").isEqualTo(before);
      store.append(events(List.of(Events.event("msg_1", "req_1", NOON, 9))));
      assertThat(store.stored(one).events()).isEqualTo(2);
      assertThat(store.stored(one).revision()).isGreaterThan(before.revision());
      assertThat(store.stored(other)).isEqualTo(after);
      store.forget(NOON.plusSeconds(30));
      assertThat(store.stored(one).events()).isEqualTo(1);
    }
  }

  @Test
  void everythingSurvivesReopening() {
    FileRead reading = reading("/projects/p/1.jsonl", true, 500);
    List<Slice> sums;
    try (var store = open()) {
      store.append(
          new Batch(
              DeviceId.THIS,
              List.of(event("msg_1", 5)),
              List.of(activity("u1", NOON)),
              List.of(sessionTotal("s", 100, 7)),
              List.of(),
              List.of(reading)));
      sums = store.sums(TimeRange.ALL, ALL);
    }
    try (var store = open()) {
      assertThat(store.sums(TimeRange.ALL, ALL)).isEqualTo(sums).hasSize(1);
      assertThat(store.cursors(DeviceId.THIS))
          .isEqualTo(Map.of(reading.cursor().file(), reading.cursor()));
      assertThat(store.sessionTotals()).containsExactly(sessionTotal("s", 100, 7));
      assertThat(store.activities(TimeRange.ALL))
          .containsExactly(new ActivityCount(ActivityKind.TURN, "", 1, 5));
      assertThat(store.projectPaths()).isEqualTo(Map.of(new ProjectName("p"), "/p"));
      assertThat(store.append(events(List.of(event("msg_1", 5))))).isEqualTo(new Receipt(0, 0, 1));
      assertThat(store.verify()).isEmpty();
    }
  }

  @Test
  void readingFromTheStartReplacesTheCountsAndALaterStretchAddsToThem() {
    try (var store = open()) {
      store.append(readings(reading("/f", true, 100)));
      store.append(readings(reading("/f", false, 200)));
      FileRead sum = store.holdings().files().getFirst();
      assertThat(sum.lineTypes()).isEqualTo(Map.of("user", 2L));
      assertThat(sum.unknownFields()).isEqualTo(Map.of("a b", 4L));
      assertThat(sum.versions()).isEqualTo(Map.of("2.1.329", 6L));
      assertThat(sum.damages()).extracting(damage -> damage.origin().offset()).contains(100L, 200L);
      assertThat(store.cursors(DeviceId.THIS).get("/f").offset()).isEqualTo(200);
      store.append(readings(reading("/f", true, 50)));
      FileRead anew = store.holdings().files().getFirst();
      assertThat(anew.lineTypes()).isEqualTo(Map.of("user", 1L));
      assertThat(anew.damages()).hasSize(1);
      assertThat(store.holdings().files()).hasSize(1);
    }
  }

  /// Transcripts are written by others: a name may hold anything.
  @Test
  void oddNamesComeBackAsTheyWere() {
    String odd = "a b\nc|d %20%0A%25 e";
    UsageEvent plain = event("msg_1", 5);
    Usage usage = plain.usage();
    var event =
        new UsageEvent(
            plain.key(),
            plain.completion(),
            new Usage(odd, usage.tokens(), 0, 0, new BillingTerms(odd, "", odd), odd, null),
            plain.attribution(),
            false,
            plain.origin(),
            List.of(new ToolUse(odd, odd), new ToolUse("x\ny", "")));
    Map<String, Long> counts = Map.of(odd, 1L, "x\ny z", 2L);
    FileRead plainReading = reading("/" + odd, true, 10);
    var reading =
        new FileRead(
            plainReading.cursor(),
            true,
            10,
            counts,
            counts,
            counts,
            Map.of(new ProjectName(odd), odd),
            List.of());
    try (var store = open()) {
      store.append(
          new Batch(
              DeviceId.THIS, List.of(event), List.of(), List.of(), List.of(), List.of(reading)));
      assertThat(found(store, new EventFilter.ById("msg_1"))).containsExactly(event);
      assertThat(store.append(events(List.of(event)))).isEqualTo(new Receipt(0, 0, 1));
      assertThat(store.holdings().tools()).isEqualTo(Map.of(odd, 1L, "", 1L));
      FileRead known = store.holdings().files().getFirst();
      assertThat(known.lineTypes()).isEqualTo(counts);
      assertThat(known.unknownFields()).isEqualTo(counts);
      assertThat(known.versions()).isEqualTo(counts);
      assertThat(store.projectPaths()).isEqualTo(Map.of(new ProjectName(odd), odd));
      assertThat(store.cursors(DeviceId.THIS)).containsOnlyKeys("/" + odd);
    }
  }

  @Test
  void activityCountsOnceByItsKey() {
    try (var store = open()) {
      store.append(activities(activity("u1", NOON), activity("u1", NOON)));
      store.append(activities(activity("u1", NOON.plusSeconds(5)), activity("u2", NOON)));
      assertThat(store.activities(TimeRange.ALL))
          .containsExactly(new ActivityCount(ActivityKind.TURN, "", 2, 10));
      assertThat(store.activities(new TimeRange(NOON.plusSeconds(1), NOON.plusSeconds(60))))
          .isEmpty();
    }
  }

  @Test
  void sessionTellsWhatHappenedInItAndWhatItsSubagentsUsed() {
    try (var store = open()) {
      UsageEvent one = Events.event("msg_1", "req_1", NOON, 5, "s", false);
      UsageEvent two = Events.event("msg_2", "req_2", NOON, 7, "other", false);
      store.append(events(List.of(one, two)));
      store.append(activities(activity("u2", NOON.plusSeconds(5)), activity("u1", NOON)));
      assertThat(store.happened(new SessionId("s"), 10))
          .extracting(Activity::at)
          .containsExactly(NOON, NOON.plusSeconds(5));
      assertThat(store.happened(new SessionId("s"), 1))
          .extracting(Activity::at)
          .containsExactly(NOON);
      assertThat(store.happened(new SessionId("other"), 10)).isEmpty();
      assertThat(store.agents(new SessionId("s"))).hasSize(1);
      assertThat(store.agents(new SessionId("s")).values())
          .extracting(totals -> totals.tokens().output())
          .containsExactly(5L);
      assertThat(store.agents(new SessionId("nothing"))).isEmpty();
    }
  }

  @Test
  void clearedStoreIsEmptySoundAndCountsWhatComesAgain() {
    try (var store = open()) {
      UsageEvent event = Events.event("msg_1", "req_1", NOON, 5, "s", false);
      store.append(events(List.of(event)));
      store.append(activities(activity("u1", NOON)));
      store.append(totals(sessionTotal("s", 100, 7)));
      long revision = store.standing().revision();
      store.clear();
      assertThat(store.sums(TimeRange.ALL, Set.of())).isEmpty();
      assertThat(store.activities(TimeRange.ALL)).isEmpty();
      assertThat(store.sessionTotals()).isEmpty();
      assertThat(store.standing().revision()).as("answers are old").isGreaterThan(revision);
      assertThat(store.verify()).isEmpty();
      store.append(events(List.of(event)));
      assertThat(store.sums(TimeRange.ALL, Set.of()).getFirst().totals().responses()).isOne();
      assertThat(store.verify()).isEmpty();
    }
  }

  @Test
  void everyTotalOfASessionIsKeptInItsOrder() {
    try (var store = open()) {
      store.append(totals(sessionTotal("s", 100, 7), sessionTotal("s", 900, 9)));
      store.append(totals(sessionTotal("s", 500, 8), sessionTotal("t", 1, 2)));
      assertThat(store.sessionTotals())
          .containsExactly(
              sessionTotal("s", 100, 7),
              sessionTotal("s", 500, 8),
              sessionTotal("s", 900, 9),
              sessionTotal("t", 1, 2));
    }
  }

  @Test
  void lastReadingOfEachWindowIsKept() {
    try (var store = open()) {
      var first = new LimitReading("five_hour", 0.25, NOON.plusSeconds(3600), NOON, "statusline");
      var next = new LimitReading("five_hour", 0.5, null, NOON.plusSeconds(60), "statusline");
      var other = new LimitReading("seven_day", 1.25, null, NOON, "statusline");
      store.append(Batch.of(DeviceId.THIS, first));
      store.append(Batch.of(DeviceId.THIS, other));
      store.append(Batch.of(DeviceId.THIS, next));
      store.append(Batch.of(new DeviceId("other-machine"), first));
      assertThat(store.limits(DeviceId.THIS)).containsExactlyInAnyOrder(next, other);
      assertThat(store.limits(new DeviceId("other-machine"))).containsExactly(first);
      assertThat(store.limits(new DeviceId("no such machine"))).isEmpty();
    }
  }

  @Test
  void newPricesBookWhatHadNoneAndKeepWhatWasBooked() throws IOException {
    UsageEvent known = event("msg_1", 1_000_000);
    UsageEvent unknown = model(event("msg_2", 1_000_000), "claude-nova-9");
    try (var store = open()) {
      store.reprice("old");
      store.append(events(List.of(known, unknown)));
      assertThat(total(store).unpriced()).isEqualTo(1);
    }
    PriceBook dearer =
        prices(
            """
            {"models":[{"id":"claude-opus-5","periods":[{"rates":{"input":0,"output":99}}]},
            {"id":"claude-nova-9","periods":[{"rates":{"input":0,"output":7}}]}]}\
            """);
    try (var store = open(place, dearer)) {
      store.reprice("old");
      assertThat(total(store).unpriced()).as("same book").isEqualTo(1);
      store.reprice("new");
      assertThat(total(store).unpriced()).isZero();
      assertThat(total(store).calculated()).isEqualTo(new Usd(32_000_050_000L));
      assertThat(stored(store, "msg_1").booked()).isEqualTo(new Usd(25_000_050_000L));
      assertThat(stored(store, "msg_1").today()).isEqualTo(new Usd(99_000_000_000L));
      assertThat(stored(store, "msg_2").booked()).isEqualTo(new Usd(7_000_000_000L));
      assertThat(stored(store, "msg_2").today()).isNull();
      assertThat(store.verify()).isEmpty();
    }
    try (var store = open()) {
      store.reprice("old");
      assertThat(stored(store, "msg_1").today()).isNull();
      assertThat(stored(store, "msg_2").booked()).as("a booked cost stays").isNotNull();
      assertThat(store.verify()).isEmpty();
    }
  }

  @Test
  void repricingReplaysKeepsThemUncounted() throws IOException {
    PriceBook nova =
        prices(
            "{\"models\":[{\"id\":\"claude-nova-9\",\"periods\":[{\"rates\":{\"input\":1,\"output\":1}}]}]}");
    try (var store = open()) {
      store.reprice("old");
      store.append(
          events(
              List.of(
                  model(Events.event("msg_1", "r1", NOON, 10, "a", false), "claude-nova-9"),
                  model(Events.event("msg_1", "r2", NOON, 10, "a", true), "claude-nova-9"))));
    }
    try (var store = open(place, nova)) {
      store.reprice("new");
      assertThat(total(store).responses()).isEqualTo(1);
      assertThat(total(store).calculated()).isEqualTo(new Usd(20_000));
      assertThat(store.verify()).isEmpty();
    }
  }

  @Test
  void twoWritersNeitherLoseNorDouble() throws Exception {
    var random = new Random(11);
    List<UsageEvent> copies = copies(random, 600);
    var model = new UsageModel();
    copies.forEach(model::add);
    open().close();
    var start = new CyclicBarrier(2);
    try (var pool = Executors.newFixedThreadPool(2)) {
      List<Future<Void>> writers = new ArrayList<>();
      for (int writer = 0; writer < 2; writer++) {
        // two thirds each: a third is appended by both
        List<UsageEvent> part = copies.subList(200 * writer, 200 * writer + 400);
        writers.add(pool.submit(writer(part, writer, start)));
      }
      for (Future<Void> writer : writers) {
        writer.get();
      }
    }
    try (var store = open()) {
      assertThat(sums(store)).isEqualTo(model.sums());
      assertThat(store.verify()).isEmpty();
      assertThat(store.cursors(DeviceId.THIS)).hasSize(2);
    }
  }

  private Callable<Void> writer(List<UsageEvent> part, int number, CyclicBarrier start) {
    return () -> {
      try (var store = open()) {
        start.await();
        for (Batch batch : batches(new Random(number), part)) {
          store.append(
              new Batch(
                  DeviceId.THIS,
                  batch.events(),
                  List.of(),
                  List.of(),
                  List.of(),
                  List.of(reading("/" + number, true, 1))));
        }
      }
      return null;
    };
  }

  @Test
  void storesThatAreOpenTogetherSeeEachOthersNames() {
    try (var one = open();
        var other = open()) {
      one.append(events(List.of(Events.event("msg_1", "r", NOON, 1, "session-a", false))));
      other.append(events(List.of(Events.event("msg_2", "r", NOON, 1, "session-b", false))));
      one.append(events(List.of(Events.event("msg_3", "r", NOON, 1, "session-b", false))));
      assertThat(other.sums(TimeRange.ALL, Set.of(Dimension.SESSION)))
          .extracting(Slice::session)
          .containsExactlyInAnyOrder(new SessionId("session-a"), new SessionId("session-b"));
      assertThat(one.sums(TimeRange.ALL, Set.of(Dimension.SESSION)))
          .hasSameElementsAs(other.sums(TimeRange.ALL, Set.of(Dimension.SESSION)));
    }
  }

  @Test
  void failedBatchChangesNothing() {
    try (var store = open()) {
      store.append(events(List.of(event("msg_1", 5))));
      List<Slice> before = store.sums(TimeRange.ALL, ALL);
      var unstorable =
          new Activity(
              ActivityKind.TURN,
              "u1",
              Instant.MAX,
              new SessionId("new-session"),
              new ProjectName("p"),
              "new-name",
              1);
      var batch =
          new Batch(
              DeviceId.THIS,
              List.of(event("msg_1", 50), Events.event("msg_2", "r", NOON, 7, "new", false)),
              List.of(unstorable),
              List.of(),
              List.of(),
              List.of(reading("/f", true, 10)));
      assertThatThrownBy(() -> store.append(batch)).isInstanceOf(RuntimeException.class);
      assertThat(store.sums(TimeRange.ALL, ALL)).isEqualTo(before);
      assertThat(store.cursors(DeviceId.THIS)).isEmpty();
      assertThat(store.holdings().events()).isEqualTo(1);
      assertThat(store.verify()).isEmpty();
      store.append(events(List.of(Events.event("msg_2", "r", NOON, 7, "new", false))));
      assertThat(store.sums(TimeRange.ALL, Set.of(Dimension.SESSION)))
          .extracting(Slice::session)
          .containsExactlyInAnyOrder(new SessionId("session-1"), new SessionId("new"));
      assertThat(store.verify()).isEmpty();
    }
  }

  private static List<UsageEvent> copies(Random random, int count) {
    List<UsageEvent> copies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      copies.add(Events.random(random, Events.randomKey(random, count / 6)));
    }
    return copies;
  }

  /// Batches of random sizes; as the gate does, copies within one are joined.
  private static List<Batch> batches(Random random, List<UsageEvent> copies) {
    List<Batch> batches = new ArrayList<>();
    int at = 0;
    while (at < copies.size()) {
      int to = Math.min(copies.size(), at + 1 + random.nextInt(random.nextBoolean() ? 3 : 80));
      var joined = new HashMap<EventKey, UsageEvent>();
      copies.subList(at, to).forEach(copy -> joined.merge(copy.key(), copy, Copies::join));
      batches.add(events(List.copyOf(joined.values())));
      at = to;
    }
    return batches;
  }

  private static Set<Slice> sums(UsageStore store) {
    return new HashSet<>(store.sums(TimeRange.ALL, ALL));
  }

  private static Totals total(UsageStore store) {
    return store.sums(TimeRange.ALL, Set.of()).getFirst().totals();
  }

  private static StoredEvent stored(UsageStore store, String message) {
    return store.events(new EventFilter.ById(message)).getFirst();
  }

  private static List<UsageEvent> found(UsageStore store, EventFilter filter) {
    return store.events(filter).stream().map(StoredEvent::event).toList();
  }

  protected static Batch events(List<UsageEvent> events) {
    return new Batch(DeviceId.THIS, events, List.of(), List.of(), List.of(), List.of());
  }

  private static Batch activities(Activity... activities) {
    return new Batch(
        DeviceId.THIS, List.of(), List.of(activities), List.of(), List.of(), List.of());
  }

  private static Batch totals(SessionTotal... totals) {
    return new Batch(DeviceId.THIS, List.of(), List.of(), List.of(totals), List.of(), List.of());
  }

  private static Batch readings(FileRead reading) {
    return new Batch(DeviceId.THIS, List.of(), List.of(), List.of(), List.of(), List.of(reading));
  }

  protected static UsageEvent event(String message, long output) {
    return Events.event(message, "req_" + message, NOON, output);
  }

  private static UsageEvent model(UsageEvent event, String model) {
    Usage usage = event.usage();
    return new UsageEvent(
        event.key(),
        event.completion(),
        new Usage(model, usage.tokens(), 0, 0, usage.terms(), usage.stopReason(), null),
        event.attribution(),
        false,
        event.origin(),
        List.of());
  }

  private static Activity activity(String key, Instant at) {
    return new Activity(
        ActivityKind.TURN, key, at, new SessionId("s"), new ProjectName("p"), "", 5);
  }

  private static SessionTotal sessionTotal(String session, long offset, long nanos) {
    return new SessionTotal(
        new SessionId(session),
        new ProjectName("p"),
        NOON,
        Duration.ofMillis(offset),
        new Origin.Line("/" + session + ".jsonl", offset),
        new Usd(nanos),
        true,
        1,
        2,
        List.of(
            new ModelTotal(
                "m", new TokenCounts(1, 2, 3, 4, offset), 5, new Usd(nanos), CostBasis.CONTRACT)));
  }

  private static FileRead reading(String file, boolean fromStart, long offset) {
    return new FileRead(
        new FileCursor(file, "(dev=1,ino=2)", 1000, NOON.plusNanos(123_456_789), offset, -5),
        fromStart,
        offset,
        Map.of("user", 1L),
        Map.of("a b", 2L),
        Map.of("2.1.329", 3L),
        Map.of(new ProjectName("p"), "/p"),
        List.of(new Damage(new Origin.Line(file, offset), 7, "not JSON", 0)));
  }

  private PriceBook prices(String json) throws IOException {
    Path file = place.resolveSibling("prices.json");
    Files.writeString(file, json);
    return PriceBook.read(file);
  }
}
