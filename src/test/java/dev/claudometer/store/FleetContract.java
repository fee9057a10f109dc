package dev.claudometer.store;

import static dev.claudometer.usage.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.claudometer.model.Activity;
import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.Attribution;
import dev.claudometer.model.Completion;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.EventKey;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.Usage;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.SessionQuery.Cursor;
import dev.claudometer.store.SessionQuery.Order;
import dev.claudometer.store.quality.Dispute;
import dev.claudometer.usage.Events;
import dev.claudometer.usage.Totals;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every store promises about many machines.
public abstract class FleetContract {

  private static final Set<Dimension> ALL = EnumSet.allOf(Dimension.class);
  private static final String[] DEVICES = {"d_1", "d_2", "d_3"};

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
  void copiesOnSeveralMachinesCountOnceWhicheverArrivesFirst() {
    UsageEvent event = Events.event("msg_1", "req_1", NOON, 10);
    for (List<String> order : List.of(List.of("d_1", "d_2"), List.of("d_2", "d_1"))) {
      try (var store = open("copies" + order.hashCode())) {
        order.forEach(device -> store.append(batch(device, List.of(event))));
        assertThat(store.sums(TimeRange.ALL, Set.of(Dimension.DEVICE)))
            .extracting(Slice::device)
            .containsExactly(new DeviceId("d_1"));
        assertThat(store.verify()).isEmpty();
      }
    }
  }

  /// The ids of a response are no secret: who knows them could make up numbers and times.
  @Test
  void machineCannotTakeOverWhatAnotherTold() {
    Batch victim = batch("d_1", List.of(Events.event("msg_victim", "req_1", NOON, 100)));
    Batch larger =
        batch(
            "d_2",
            List.of(Events.event("msg_victim", "req_1", NOON.minusSeconds(90_000), 9_000_000)));
    Batch earlier =
        batch("d_3", List.of(Events.event("msg_victim", "req_1", NOON.minusSeconds(90_000), 100)));
    List<Batch> orders = new ArrayList<>(List.of(victim, larger, earlier, larger));
    for (int seed = 0; seed < 6; seed++) {
      Collections.shuffle(orders, new Random(seed));
      try (var store = open("taken" + seed)) {
        orders.forEach(store::append);
        Slice slice = store.sums(TimeRange.ALL, Set.of(Dimension.DEVICE)).getFirst();
        assertThat(slice.device()).isEqualTo(new DeviceId("d_1"));
        assertThat(slice.totals().tokens().output()).isEqualTo(100);
        assertThat(store.disputed())
            .isEqualTo(Map.of(new DeviceId("d_2"), 1L, new DeviceId("d_3"), 1L));
        assertThat(store.disputes(10))
            .extracting(Dispute::counts, Dispute::other, Dispute::otherTokens)
            .containsExactlyInAnyOrder(
                tuple(new DeviceId("d_1"), new DeviceId("d_2"), 9_000_010L),
                tuple(new DeviceId("d_1"), new DeviceId("d_3"), 110L));
        assertThat(store.verify()).isEmpty();
      }
    }
  }

  @Test
  void eachBatchOfATransactionHasItsOwnReceipt() {
    try (var store = open("receipts")) {
      List<Receipt> receipts =
          store.append(
              List.of(
                  batch("d_1", List.of(event("msg_1", 1), event("msg_2", 1))),
                  batch("d_1", List.of(event("msg_2", 5))),
                  batch("d_3", List.of(event("msg_2", 5)))));
      assertThat(receipts.get(0)).isEqualTo(new Receipt(2, 0, 0));
      assertThat(receipts.get(1)).isEqualTo(new Receipt(0, 1, 0));
      assertThat(receipts.get(2)).isEqualTo(new Receipt(0, 0, 1));
    }
  }

  @Test
  void machinesAndOrderAndRepetitionDoNotMatter() {
    for (long seed = 0; seed < 12; seed++) {
      var random = new Random(seed);
      List<Batch> batches = batches(random, 150);
      List<Batch> again = new ArrayList<>(batches);
      again.addAll(batches.subList(0, batches.size() / 2));
      Collections.shuffle(again, random);
      try (var ordered = open("o" + seed);
          var shuffled = open("s" + seed)) {
        batches.forEach(ordered::append);
        int from = 0;
        while (from < again.size()) {
          int to = Math.min(again.size(), from + 1 + random.nextInt(5));
          shuffled.append(again.subList(from, to));
          from = to;
        }
        assertThat(sums(shuffled)).as("seed %d", seed).isEqualTo(sums(ordered));
        assertThat(shuffled.verify()).as("seed %d", seed).isEmpty();
        assertThat(rows(shuffled, query(Order.LAST, null, 100)))
            .hasSameElementsAs(rows(ordered, query(Order.LAST, null, 100)));
      }
    }
  }

  @Test
  void sumsOfARangeAreTheSameWithAndWithoutSessions() {
    try (var store = open("ranges")) {
      batches(new Random(5), 400, 6_000).forEach(store::append);
      for (int from = -40; from < 40; from += 7) {
        var range =
            new TimeRange(
                NOON.plus(Duration.ofMinutes(from * 45L)), NOON.plus(Duration.ofHours(70)));
        Map<String, Totals> bySession =
            store.sums(range, Set.of(Dimension.SESSION, Dimension.MODEL)).stream()
                .collect(Collectors.toMap(Slice::model, Slice::totals, Totals::plus));
        Map<String, Totals> byDay =
            store.sums(range, Set.of(Dimension.MODEL)).stream()
                .collect(Collectors.toMap(Slice::model, Slice::totals));
        assertThat(byDay).isEqualTo(bySession);
      }
    }
  }

  /// What is asked of the store is what a filter of single responses tells.
  @Test
  void whereAndRangeAreThoseOfTheResponses() {
    try (var store = open("where")) {
      batches(new Random(11), 500, 6_000).forEach(store::append);
      List<StoredEvent> counted =
          store.events(new EventFilter.Within(TimeRange.ALL)).stream()
              .filter(StoredEvent::counted)
              .toList();
      var random = new Random(12);
      for (int i = 0; i < 60; i++) {
        Where where = where(random, counted);
        TimeRange range = range(random, i);
        List<StoredEvent> fitting =
            counted.stream().filter(stored -> fits(stored, where, range)).toList();
        for (Set<Dimension> by :
            List.of(Set.<Dimension>of(), Set.of(Dimension.MODEL), Set.of(Dimension.SESSION))) {
          assertThat(events(total(store.sums(range, where, by))))
              .as("%s %s %s", where, range, by)
              .isEqualTo(fitting.size());
        }
        Map<SessionId, Long> sessions =
            fitting.stream()
                .collect(
                    Collectors.groupingBy(
                        stored -> stored.event().attribution().session(), Collectors.counting()));
        assertThat(store.sessionCount(range, where)).isEqualTo(sessions.size());
        assertThat(store.sessionCosts(range, where))
            .containsExactlyInAnyOrderElementsOf(costs(fitting));
        assertThat(store.sessionPlaces(range, where))
            .containsExactlyInAnyOrderElementsOf(
                fitting.stream()
                    .map(one -> new SessionPlace(one.event().attribution().session(), one.device()))
                    .distinct()
                    .toList());
        List<List<Slice>> splits = store.sums(range, where, SPLITS);
        for (int split = 0; split < SPLITS.size(); split++) {
          assertThat(splits.get(split))
              .as("%s %s %s", where, range, SPLITS.get(split))
              .containsExactlyInAnyOrderElementsOf(store.sums(range, where, SPLITS.get(split)));
        }
        assertThat(store.entries(range, where)).hasSize(fitting.size());
        assertThat(SessionSpans.of(store, range, where))
            .containsExactlyInAnyOrderElementsOf(SessionSpans.of(fitting));
        assertThat(
                store.sessionShares(range, where).stream()
                    .collect(
                        Collectors.groupingBy(
                            SessionShare::session,
                            Collectors.summingLong(share -> events(share.totals())))))
            .isEqualTo(sessions);
        for (Order order : Order.values()) {
          List<SessionPage.Row> rows =
              rows(store, new SessionQuery(range, where, null, order, null, 1_000));
          assertThat(
                  rows.stream()
                      .collect(
                          Collectors.toMap(SessionPage.Row::session, row -> events(row.totals()))))
              .isEqualTo(sessions);
          assertThat(rows).allSatisfy(row -> assertThat(row.whole()).isEqualTo(total(row.parts())));
        }
      }
    }
  }

  private static final List<Set<Dimension>> SPLITS =
      List.of(
          Set.of(Dimension.MODEL),
          Set.of(),
          Set.of(Dimension.BRANCH, Dimension.PROJECT),
          Set.of(Dimension.DEVICE));

  private static List<SessionSpend> costs(List<StoredEvent> events) {
    Map<SessionId, Usd> costs = new HashMap<>();
    for (StoredEvent one : events) {
      Usd reported = one.event().usage().reportedCost();
      Usd cost = reported == null ? one.booked() : reported;
      costs.merge(one.event().attribution().session(), cost == null ? Usd.ZERO : cost, Usd::plus);
    }
    return costs.entrySet().stream()
        .map(cost -> new SessionSpend(cost.getKey(), cost.getValue()))
        .toList();
  }

  private static long events(Totals totals) {
    return totals.responses() + totals.parts();
  }

  private static Where where(Random random, List<StoredEvent> counted) {
    Where where = Where.ANY;
    for (Dimension dimension : Dimension.values()) {
      if (random.nextInt(4) == 0) {
        Set<String> some =
            random
                .ints(random.nextInt(4), 0, counted.size())
                .mapToObj(i -> value(counted.get(i), dimension))
                .collect(Collectors.toSet());
        where = where.and(dimension, some);
      }
    }
    return where;
  }

  /// Of all time, between quarter hours, between any instants, and of more than a week.
  private static TimeRange range(Random random, int i) {
    if (i % 3 == 0) {
      return TimeRange.ALL;
    }
    if (i % 4 == 3) {
      return new TimeRange(
          NOON.minus(Duration.ofDays(8)), NOON.plusMillis(random.nextLong(360_000_000)));
    }
    long unit = i % 3 == 1 ? 900_000 : 1;
    long span = 360_000_000 / unit;
    long from = random.nextLong(span);
    Instant begin = NOON.plusMillis(from * unit);
    return new TimeRange(begin, begin.plusMillis(random.nextLong(span - from + 1) * unit));
  }

  private static boolean fits(StoredEvent stored, Where where, TimeRange range) {
    Instant at = stored.event().at();
    return !at.isBefore(range.from())
        && at.isBefore(range.to())
        && where.allowed().entrySet().stream()
            .allMatch(one -> one.getValue().contains(value(stored, one.getKey())));
  }

  private static String value(StoredEvent stored, Dimension dimension) {
    Attribution attribution = stored.event().attribution();
    return switch (dimension) {
      case MODEL -> named(stored.event().usage());
      case PROJECT -> attribution.project().text();
      case SESSION -> attribution.session().text();
      case BRANCH -> attribution.branch();
      case DEVICE -> stored.device().text();
    };
  }

  /// Fast mode has a row of its own.
  private static String named(Usage usage) {
    return usage.model() + (usage.terms().fast() ? "-fast" : "");
  }

  /// A session that pauses for a day is not in that day.
  @Test
  void sessionCountsInPeriodsInWhichItWasUsed() {
    try (var store = open("pauses")) {
      store.append(
          batch(
              "d_1",
              List.of(
                  Events.event("m1", "r", NOON, 1),
                  Events.event("m2", "r", NOON.plusSeconds(172_800), 2))));
      var between = new TimeRange(NOON.plusSeconds(3_600), NOON.plusSeconds(90_000));
      assertThat(store.sessionCount(between)).isZero();
      assertThat(rows(store, new SessionQuery(between, Where.ANY, null, Order.LAST, null, 9)))
          .isEmpty();
      assertThat(store.branchSessions(between, Where.ANY)).isEmpty();
    }
  }

  /// What falls into a day is the day's, and the whole stands beside it.
  @Test
  void sessionOverMidnightIsInEachDayWithItsShare() {
    try (var store = open("midnight")) {
      Instant midnight = Instant.parse("2026-11-21T00:00:00Z");
      store.append(
          batch(
              "d_1",
              List.of(
                  Events.event("m1", "r", midnight.minusMillis(1), 40),
                  Events.event("m2", "r", midnight, 1))));
      var before = new TimeRange(midnight.minusSeconds(86_400), midnight);
      var after = new TimeRange(midnight, midnight.plusSeconds(86_400));
      for (Order order : Order.values()) {
        assertThat(rows(store, new SessionQuery(before, Where.ANY, null, order, null, 9)))
            .extracting(row -> row.totals().tokens().output(), row -> row.whole().tokens().output())
            .containsExactly(tuple(40L, 41L));
        assertThat(rows(store, new SessionQuery(after, Where.ANY, null, order, null, 9)))
            .extracting(row -> row.totals().tokens().output(), row -> row.whole().tokens().output())
            .containsExactly(tuple(1L, 41L));
      }
    }
  }

  @Test
  void pullRequestHasAllThatItsSessionsUsed() {
    try (var store = open("pull-requests")) {
      store.append(
          new Batch(
              new DeviceId("d_1"),
              List.of(
                  session("m1", "one", "p", "main"),
                  session("m2", "one", "p", "fix"),
                  session("m3", "two", "p", "fix"),
                  session("m4", "three", "p", "fix")),
              List.of(
                  link("u1", "o/r#1", "one"),
                  link("u2", "o/r#1", "two"),
                  link("u3", "o/r#2", "two")),
              List.of(),
              List.of(),
              List.of()));
      assertThat(store.pullRequests(TimeRange.ALL, Where.ANY, 10))
          .extracting(
              WorkQueries.PullRequest::name,
              WorkQueries.PullRequest::sessions,
              pullRequest -> pullRequest.totals().responses())
          .containsExactly(tuple("o/r#1", 2L, 3L), tuple("o/r#2", 1L, 1L));
      assertThat(store.pullRequests(TimeRange.ALL, Where.ANY, 1)).hasSize(1);
      assertThat(
              store.pullRequests(
                  new TimeRange(NOON.plusSeconds(1), NOON.plusSeconds(9)), Where.ANY, 10))
          .isEmpty();
      assertThat(store.branchSessions(TimeRange.ALL, Where.ANY))
          .containsExactlyInAnyOrder(
              new WorkQueries.BranchSessions(new ProjectName("p"), "main", 1),
              new WorkQueries.BranchSessions(new ProjectName("p"), "fix", 3));
    }
  }

  private static Activity link(String key, String name, String session) {
    return new Activity(
        ActivityKind.PULL_REQUEST,
        key,
        NOON,
        new SessionId(session),
        new ProjectName("p"),
        name,
        1);
  }

  @Test
  void seriesOfAnyStepAddsUpToTheSums() {
    try (var store = open("series")) {
      batches(new Random(6), 400, 6_000).forEach(store::append);
      var range = new TimeRange(NOON.minusSeconds(90_000), NOON.plusSeconds(400_500));
      Totals total = total(store.sums(range, Set.of()));
      for (Step step :
          List.of(
              new Step(Duration.ofHours(1), Duration.ZERO),
              new Step(Duration.ofDays(1), Duration.ZERO),
              new Step(Duration.ofDays(1), Duration.ofMinutes(345)),
              new Step(Duration.ofDays(1), Duration.ofHours(-7)))) {
        assertThat(store.costs(range, step, Where.ANY))
            .isEqualTo(
                store.series(range, step, Set.of()).stream()
                    .collect(
                        Collectors.toMap(
                            Point::at, point -> point.slice().totals().reportedElseCalculated())));
        List<Point> points = store.series(range, step, Set.of(Dimension.MODEL));
        assertThat(total(points.stream().map(Point::slice).toList())).isEqualTo(total);
        assertThat(points)
            .allSatisfy(
                point ->
                    assertThat(
                            point.at().plus(step.offset()).getEpochSecond()
                                % step.length().toSeconds())
                        .isZero());
      }
    }
  }

  @Test
  void rowsOfWholeDaysAddUpToASeries() {
    try (var store = open("days")) {
      batches(new Random(9), 400, 6_000).forEach(store::append);
      Instant midnight = Instant.parse("2026-11-20T00:00:00Z");
      var days = new TimeRange(midnight, midnight.plus(Duration.ofDays(3)));
      Set<Dimension> by = Set.of(Dimension.MODEL, Dimension.DEVICE);
      Map<List<Object>, Totals> series = new HashMap<>();
      for (Point point : store.series(days, new Step(Duration.ofDays(1), Duration.ZERO), by)) {
        Slice slice = point.slice();
        series.put(List.of(point.at(), slice.model(), slice.device()), slice.totals());
      }
      Map<List<Object>, Totals> read = new HashMap<>();
      store.days(
          days,
          (day, model, device, amounts) ->
              read.merge(
                  List.of(Instant.ofEpochSecond(day * 86_400), model, device),
                  Totals.of(amounts),
                  Totals::plus));
      assertThat(read).isEqualTo(series).hasSizeGreaterThan(3);
    }
  }

  @Test
  void stepHoldsWhatHappenedInIt() {
    try (var store = open("steps")) {
      UsageEvent late = Events.event("msg_1", "r", Instant.parse("2026-11-20T22:59:59Z"), 1);
      UsageEvent next = Events.event("msg_2", "r", Instant.parse("2026-11-20T23:00:00Z"), 2);
      store.append(batch("d_1", List.of(late, next)));
      assertThat(
              store.series(
                  new TimeRange(NOON, NOON.plusSeconds(86_400)),
                  new Step(Duration.ofDays(1), Duration.ofHours(1)),
                  Set.of()))
          .extracting(Point::at, point -> point.slice().totals().tokens().output())
          .containsExactlyInAnyOrder(
              tuple(Instant.parse("2026-11-19T23:00:00Z"), 1L),
              tuple(Instant.parse("2026-11-20T23:00:00Z"), 2L));
    }
  }

  @Test
  void sessionsComeInEveryOrderPageByPageAndWhole() {
    try (var store = open("sessions")) {
      batches(new Random(7), 300, 6_000).forEach(store::append);
      List<SessionPage.Row> all = rows(store, query(Order.LAST, null, 100));
      Map<SessionId, List<StoredEvent>> bySession =
          store.events(new EventFilter.Within(TimeRange.ALL)).stream()
              .filter(StoredEvent::counted)
              .collect(Collectors.groupingBy(stored -> stored.event().attribution().session()));
      assertThat(all).hasSize(bySession.size()).hasSizeGreaterThan(20);
      for (SessionPage.Row row : all) {
        List<StoredEvent> events = bySession.get(row.session());
        assertThat(row.first())
            .isEqualTo(
                events.stream().map(e -> e.event().at()).min(Comparator.naturalOrder()).get());
        assertThat(row.last())
            .isEqualTo(
                events.stream().map(e -> e.event().at()).max(Comparator.naturalOrder()).get());
        assertThat(row.totals().billed()).isEqualTo(events.size());
        assertThat(row.totals().responses())
            .isEqualTo(events.stream().filter(e -> e.event().key().isResponse()).count());
      }
      for (Order order : Order.values()) {
        List<SessionPage.Row> paged = new ArrayList<>();
        @Nullable Cursor after = null;
        do {
          SessionPage page = store.sessions(query(order, after, 7));
          paged.addAll(page.rows());
          after = page.next();
        } while (after != null);
        assertThat(paged).as("%s", order).hasSameElementsAs(all).hasSize(all.size());
      }
      assertThat(all).isSortedAccordingTo(Comparator.comparing(SessionPage.Row::last).reversed());
      assertThat(store.sessionCount(TimeRange.ALL)).isEqualTo(all.size());
    }
  }

  @Test
  void sessionsAreFoundByDeviceModelBranchTextAndTime() {
    try (var store = open("filters")) {
      store.append(batch("d_1", List.of(session("msg_1", "alpha", "web-shop", "main"))));
      store.append(batch("d_2", List.of(session("msg_2", "beta", "50%_off", "fix/Login"))));
      assertThat(found(store, "d_2", null, null)).containsExactly("beta");
      assertThat(found(store, null, "fix/Login", null)).containsExactly("beta");
      assertThat(found(store, null, null, "SHOP")).containsExactly("alpha");
      assertThat(found(store, null, null, "login")).containsExactly("beta");
      assertThat(found(store, null, null, "%_")).containsExactly("beta");
      assertThat(found(store, null, null, "_")).containsExactly("beta");
      assertThat(found(store, null, null, "nothing like this")).isEmpty();
      assertThat(found(store, "no such device", null, null)).isEmpty();
      assertThat(store.sessionCount(new TimeRange(NOON.plusSeconds(1), NOON.plusSeconds(9))))
          .isZero();
    }
  }

  @Test
  void forgottenEventsStayInTheSumsAndAreNotCountedAgain() {
    try (var store = open("forgotten")) {
      List<Batch> batches = batches(new Random(8), 300, 6_000);
      batches.forEach(store::append);
      Set<Slice> sums = sums(store);
      long before = store.holdings().events();
      long forgotten = store.forget(NOON.plusSeconds(250_000));
      assertThat(forgotten).isPositive().isLessThan(before);
      assertThat(store.holdings().events()).isEqualTo(before - forgotten);
      assertThat(sums(store)).isEqualTo(sums);
      assertThat(store.verify()).isEmpty();
      batches.forEach(store::append);
      assertThat(sums(store)).isEqualTo(sums);
      assertThat(store.holdings().events()).isEqualTo(before - forgotten);
      assertThat(store.verify()).isEmpty();
      assertThat(store.standing().horizon()).isEqualTo(NOON.plusSeconds(250_000));
    }
  }

  @Test
  void lateEventOfAForgottenTimeCountsOnce() {
    try (var store = open("late")) {
      store.append(batch("d_1", List.of(event("msg_1", 1))));
      store.forget(NOON.plusSeconds(1));
      Batch late = batch("d_2", List.of(event("msg_2", 7)));
      assertThat(store.append(late)).isEqualTo(new Receipt(1, 0, 0));
      store.forget(NOON.plusSeconds(1));
      assertThat(store.append(late)).isEqualTo(new Receipt(0, 0, 1));
      assertThat(total(store.sums(TimeRange.ALL, Set.of())).tokens().output()).isEqualTo(8);
      assertThat(store.verify()).isEmpty();
    }
  }

  @Test
  void everyChangeRaisesTheRevisionAndRepetitionDoesNot() {
    try (var store = open("revisions")) {
      store.append(batch("d_1", List.of(event("msg_1", 1))));
      long first = store.standing().revision();
      store.append(batch("d_1", List.of(event("msg_1", 1))));
      assertThat(store.standing().revision()).isEqualTo(first);
      store.append(batch("d_1", List.of(event("msg_1", 2))));
      assertThat(store.standing().revision()).isGreaterThan(first);
      assertThat(store.standing().store()).hasSize(32);
    }
  }

  private static List<String> found(
      UsageStore store, @Nullable String device, @Nullable String branch, @Nullable String text) {
    Where where = Where.ANY;
    where = device == null ? where : where.and(Dimension.DEVICE, Set.of(device));
    where = branch == null ? where : where.and(Dimension.BRANCH, Set.of(branch));
    var query = new SessionQuery(TimeRange.ALL, where, text, Order.LAST, null, 10);
    return store.sessions(query).rows().stream().map(row -> row.session().text()).toList();
  }

  private static SessionQuery query(Order order, @Nullable Cursor after, int limit) {
    return new SessionQuery(TimeRange.ALL, Where.ANY, null, order, after, limit);
  }

  private static List<SessionPage.Row> rows(UsageStore store, SessionQuery query) {
    return store.sessions(query).rows();
  }

  private static Set<Slice> sums(UsageStore store) {
    return new HashSet<>(store.sums(TimeRange.ALL, ALL));
  }

  private static Totals total(List<Slice> slices) {
    return slices.stream().map(Slice::totals).reduce(Totals.ZERO, Totals::plus);
  }

  private static UsageEvent event(String message, long output) {
    return Events.event(message, "req", NOON, output);
  }

  private static UsageEvent session(String message, String session, String project, String branch) {
    UsageEvent plain = Events.event(message, "req", NOON, 1, session, false);
    Attribution attribution = plain.attribution();
    return new UsageEvent(
        plain.key(),
        plain.completion(),
        plain.usage(),
        new Attribution(
            new SessionId(session),
            new ProjectName(project),
            branch,
            "",
            false,
            false,
            attribution.at(),
            attribution.origin()),
        false,
        plain.origin(),
        List.of());
  }

  private static List<Batch> batches(Random random, int count) {
    return batches(random, count, 0);
  }

  /// Random copies of random machines; with a spread, over days and many sessions.
  private static List<Batch> batches(Random random, int count, int spreadMinutes) {
    List<Batch> batches = new ArrayList<>();
    int at = 0;
    while (at < count) {
      int size = 1 + random.nextInt(40);
      var joined = new HashMap<EventKey, UsageEvent>();
      for (int i = 0; i < size; i++) {
        UsageEvent event = Events.random(random, Events.randomKey(random, count / 3));
        UsageEvent placed = spreadMinutes == 0 ? event : spread(random, event, spreadMinutes);
        joined.put(placed.key(), placed);
      }
      batches.add(batch(DEVICES[random.nextInt(DEVICES.length)], List.copyOf(joined.values())));
      at += size;
    }
    return batches;
  }

  private static UsageEvent spread(Random random, UsageEvent event, int minutes) {
    Attribution attribution = event.attribution();
    return new UsageEvent(
        event.key(),
        new Completion(
            NOON.plusSeconds(random.nextInt(minutes) * 60L), event.completion().output()),
        event.usage(),
        new Attribution(
            new SessionId("session-" + random.nextInt(40)),
            attribution.project(),
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
