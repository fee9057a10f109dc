package dev.claudometer.store;

import static dev.claudometer.usage.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.Activity;
import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.ApiCall;
import dev.claudometer.model.BilledBucket;
import dev.claudometer.model.CostBasis;
import dev.claudometer.model.Damage;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.FileCursor;
import dev.claudometer.model.FileRead;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.Observation;
import dev.claudometer.model.Origin;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.SessionTotal;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.usage.Copies;
import dev.claudometer.usage.Events;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every store promises to an agent that forwards it.
public abstract class OutboxContract {

  private static final String SERVER = "d_1 at s_1";
  private static final Set<Dimension> ALL_BUT_DEVICE =
      EnumSet.complementOf(EnumSet.of(Dimension.DEVICE));

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

  @Test
  void emptyStoreHasNothingToSend() {
    try (var store = open("empty")) {
      assertThat(store.outbox().changes(0, 10))
          .isEqualTo(new Changes(List.of(), List.of(), 0, false));
      assertThat(store.outbox().waiting(0, 100)).isZero();
      assertThat(store.outbox().acknowledged(SERVER)).isZero();
      assertThat(store.outbox().destinations()).isEmpty();
    }
  }

  @Test
  void changedEventIsSentAgainAndAnUnchangedOneIsNot() {
    try (var store = open("again")) {
      store.append(
          events(
              DeviceId.THIS,
              Events.event("msg_1", "", NOON, 1),
              Events.event("msg_2", "", NOON, 1)));
      long sent = store.outbox().changes(0, 10).upTo();
      store.append(events(DeviceId.THIS, Events.event("msg_1", "", NOON, 1)));
      assertThat(store.outbox().changes(sent, 10).size()).isZero();
      store.append(events(DeviceId.THIS, Events.event("msg_2", "", NOON, 9)));
      assertThat(store.outbox().changes(sent, 10).observations())
          .extracting(observation -> ((UsageEvent) observation).usage().tokens().output())
          .containsExactly(9L);
      assertThat(store.outbox().waiting(sent, 100)).isEqualTo(1);
    }
  }

  @Test
  void whatOtherMachinesHaveObservedIsNotSent() {
    try (var store = open("others")) {
      store.append(events(new DeviceId("d_2"), Events.event("msg_1", "", NOON, 1)));
      assertThat(store.outbox().changes(0, 10).size()).isZero();
      assertThat(store.outbox().waiting(0, 100)).isZero();
    }
  }

  @Test
  void acknowledgementsAreKeptForEachDestination() {
    try (var store = open("acknowledged")) {
      store.outbox().acknowledge(SERVER, 7, 1);
      store.outbox().acknowledge("d_1 at s_2", 3, 0);
      store.outbox().acknowledge(SERVER, 9, 5);
    }
    try (var store = open("acknowledged")) {
      assertThat(store.outbox().acknowledged(SERVER)).isEqualTo(9);
      assertThat(store.outbox().generation(SERVER)).isEqualTo(5);
      assertThat(store.outbox().destinations()).containsExactly(SERVER, "d_1 at s_2");
      store.outbox().forgetDestination(SERVER);
      assertThat(store.outbox().acknowledged(SERVER)).isZero();
      assertThat(store.outbox().acknowledged("d_1 at s_2")).isEqualTo(3);
    }
  }

  /// An activity's key is known to the machine that has read the line; elsewhere what stands for
  /// it.
  @Test
  void activityOfAForwardedCopyIsTheSameAsOneThatWasReadHere() {
    try (var from = open("from");
        var to = open("to")) {
      var activity =
          new Activity(
              ActivityKind.API_ERROR,
              "uuid-1",
              NOON,
              new SessionId("s"),
              new ProjectName("p"),
              "n",
              1);
      from.append(activities(DeviceId.THIS, activity));
      to.append(activities(new DeviceId("d_1"), activity));
      Observation forwarded = from.outbox().changes(0, 10).observations().getFirst();
      to.append(activities(new DeviceId("d_2"), (Activity) forwarded));
      assertThat(to.activities(TimeRange.ALL))
          .containsExactly(new ActivityCount(ActivityKind.API_ERROR, "n", 1, 1));
    }
  }

  @Test
  void forwardedStoreTellsTheSameHoweverItIsCutAndRepeated() {
    for (long seed = 0; seed < 12; seed++) {
      var random = new Random(seed);
      try (var from = open("from" + seed);
          var to = open("to" + seed)) {
        for (int i = 0; i < 8; i++) {
          from.append(random(random));
          if (random.nextBoolean()) {
            forward(from, to, random);
          }
        }
        while (from.outbox().changes(from.outbox().acknowledged(SERVER), 3).size() > 0) {
          forward(from, to, random);
        }
        assertSame(from, to);
      }
    }
  }

  /// A page or two; some acknowledgements are lost, and the page is sent once more.
  private static void forward(UsageStore from, UsageStore to, Random random) {
    for (int i = 0; i < 3; i++) {
      Changes changes =
          from.outbox().changes(from.outbox().acknowledged(SERVER), 1 + random.nextInt(9));
      to.append(batch(changes));
      if (random.nextInt(3) > 0) {
        from.outbox().acknowledge(SERVER, changes.upTo(), 0);
      }
    }
  }

  private static Batch batch(Changes changes) {
    List<UsageEvent> events = new ArrayList<>();
    List<Activity> activities = new ArrayList<>();
    List<SessionTotal> totals = new ArrayList<>();
    List<LimitReading> limits = new ArrayList<>();
    List<ApiCall> calls = new ArrayList<>();
    for (Observation observation : changes.observations()) {
      switch (observation) {
        case UsageEvent event -> events.add(event);
        case Activity activity -> activities.add(activity);
        case SessionTotal total -> totals.add(total);
        case ApiCall call -> calls.add(call);
        case LimitReading limit -> limits.add(limit);
        case BilledBucket bucket -> throw new AssertionError(bucket);
      }
    }
    return new Batch(
        new DeviceId("d_1"), events, activities, totals, limits, calls, changes.readings(), null);
  }

  private static void assertSame(UsageStore from, UsageStore to) {
    assertThat(to.verify()).isEmpty();
    assertThat(to.events(new EventFilter.Within(TimeRange.ALL)))
        .extracting(StoredEvent::event)
        .containsExactlyInAnyOrderElementsOf(
            from.events(new EventFilter.Within(TimeRange.ALL)).stream()
                .map(StoredEvent::event)
                .toList());
    assertThat(to.sums(TimeRange.ALL, ALL_BUT_DEVICE))
        .containsExactlyInAnyOrderElementsOf(from.sums(TimeRange.ALL, ALL_BUT_DEVICE));
    assertThat(to.activities(TimeRange.ALL)).isEqualTo(from.activities(TimeRange.ALL));
    assertThat(to.sessionTotals()).containsExactlyInAnyOrderElementsOf(from.sessionTotals());
    assertThat(to.limits(new DeviceId("d_1"))).isEqualTo(from.limits(DeviceId.THIS));
    assertThat(to.quality().get(new DeviceId("d_1"))).isEqualTo(from.quality().get(DeviceId.THIS));
    assertThat(to.projectPaths()).isEqualTo(from.projectPaths());
  }

  private static Batch random(Random random) {
    Map<Object, UsageEvent> events = new HashMap<>();
    for (int i = random.nextInt(10); i > 0; i--) {
      UsageEvent event = Events.random(random, Events.randomKey(random, 30));
      events.merge(event.key(), event, Copies::join);
    }
    List<Activity> activities = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      activities.add(activity(random));
    }
    List<FileRead> readings = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      readings.add(reading(random));
    }
    return new Batch(
        DeviceId.THIS,
        List.copyOf(events.values()),
        activities,
        random.nextInt(3) == 0 ? List.of(total(random)) : List.of(),
        List.of(
            new LimitReading(
                "five_hour",
                random.nextInt(3) / 2.0,
                null,
                NOON.plusSeconds(random.nextInt(1_000)),
                "statusline")),
        random.nextBoolean() ? List.of(call(random)) : List.of(),
        readings,
        null);
  }

  /// One that no event is of, and whose session has events in several projects.
  private static ApiCall call(Random random) {
    String request = "req_call_" + random.nextInt(5);
    return new ApiCall(
        request,
        request,
        new SessionId("session-" + random.nextInt(3)),
        NOON.plusMillis(random.nextInt(3) * 400L),
        Duration.ofSeconds(3),
        "claude-opus-5",
        new TokenCounts(1, random.nextInt(9), 0, 0, 0),
        true,
        false,
        "compact",
        "",
        "",
        null);
  }

  private static Activity activity(Random random) {
    return new Activity(
        ActivityKind.values()[random.nextInt(ActivityKind.values().length)],
        "key-" + random.nextInt(9),
        NOON.plusSeconds(random.nextInt(9)),
        new SessionId("session-1"),
        new ProjectName("p"),
        "",
        random.nextInt(5));
  }

  private static SessionTotal total(Random random) {
    return new SessionTotal(
        new SessionId("session-" + random.nextInt(2)),
        new ProjectName("p"),
        NOON,
        Duration.ofSeconds(random.nextInt(60)),
        new Origin.Line("/projects/p/1.jsonl", random.nextInt(3)),
        new Usd(random.nextInt(100)),
        true,
        random.nextInt(10),
        0,
        List.of(
            new SessionTotal.ModelTotal(
                "claude-opus-5", new TokenCounts(1, 2, 3, 4, 5), 0, new Usd(7), CostBasis.LIST)));
  }

  private static FileRead reading(Random random) {
    String file = "/projects/p/" + random.nextInt(3) + ".jsonl";
    long size = 1 + random.nextInt(1_000);
    return new FileRead(
        new FileCursor(file, "(dev=1,ino=" + random.nextInt(3) + ")", size, NOON, size, 5),
        random.nextBoolean(),
        size,
        Map.of("assistant", 1L + random.nextInt(3)),
        Map.of(),
        Map.of("2.1.0", 1L),
        random.nextBoolean()
            ? Map.of(
                new ProjectName("project-" + random.nextInt(5)), "/home/ada/" + random.nextInt(3))
            : Map.of(),
        random.nextInt(3) == 0
            ? List.of(new Damage(new Origin.Line(file, random.nextInt(3)), 10, "torn", 0))
            : List.of());
  }

  private static Batch events(DeviceId device, UsageEvent... events) {
    return new Batch(
        new DeviceId(device.text()), List.of(events), List.of(), List.of(), List.of(), List.of());
  }

  private static Batch activities(DeviceId device, Activity... activities) {
    return new Batch(
        new DeviceId(device.text()),
        List.of(),
        List.of(activities),
        List.of(),
        List.of(),
        List.of());
  }
}
