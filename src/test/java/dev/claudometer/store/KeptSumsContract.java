package dev.claudometer.store;

import static dev.claudometer.usage.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.claudometer.model.Activity;
import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.Attribution;
import dev.claudometer.model.Completion;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.EventKey;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.SessionQuery.Order;
import dev.claudometer.store.sql.SqlStore;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.usage.Events;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a server remembers of sums is what the store has, whoever changes it.
public abstract class KeptSumsContract {

  private static final int SESSIONS = 700;
  private static final long ENOUGH = 1 << 20;

  /// Opens the database of this name, and makes it where there is none.
  protected abstract Database open(String name);

  @Test
  void whatIsRememberedIsWhatIsStoredWhoeverChangesIt() {
    for (long seed = 0; seed < 5; seed++) {
      assertSame(seed, ENOUGH);
    }
  }

  @Test
  void whatIsTooMuchToRememberIsAskedOfTheStore() {
    for (long most : List.of(0L, 3_000L, 30_000L)) {
      assertSame(most, most);
    }
  }

  private void assertSame(long seed, long most) {
    var random = new Random(seed);
    try (Database one = open("kept" + seed);
        Database other = open("kept" + seed)) {
      var server = SqlStore.keepingSums(one, PriceBook::builtIn, most);
      var plain = new SqlStore(other, PriceBook::builtIn);
      for (int step = 0; step < 20; step++) {
        change(random, random.nextBoolean() ? server : plain);
        for (int question = 0; question < 4; question++) {
          assertSame(random, server, plain);
        }
      }
      assertThat(plain.verify()).isEmpty();
    }
  }

  @Test
  void whatATransactionReadThatWasNotStoredIsNotRemembered() {
    try (Database database = open("undone")) {
      var server = SqlStore.keepingSums(database, PriceBook::builtIn, ENOUGH);
      server.append(batch(new Random(1)));
      assertThatThrownBy(
              () ->
                  database.transaction(
                      () -> {
                        changeSums(database, 1);
                        output(server);
                        throw new SQLException("not stored");
                      }))
          .isInstanceOf(StoreException.class);
      database.transaction(() -> changeSums(database, 1_000_000));
      assertThat(output(server)).isEqualTo(database.number("SELECT SUM(output) FROM rollup_day"));
    }
  }

  /// By the same revision each time.
  private static int changeSums(Database database, int more) throws SQLException {
    database.update("UPDATE rollup_day SET output = output + ?", more);
    return database.update("UPDATE sum_revision SET revision = 1000000");
  }

  private static long output(SqlStore store) {
    return store.sums(TimeRange.ALL, Set.of(Dimension.MODEL)).stream()
        .mapToLong(slice -> slice.totals().tokens().output())
        .sum();
  }

  @Test
  void lostRevisionsAreMadeAgain() throws Exception {
    try (Database one = open("lost")) {
      var server = SqlStore.keepingSums(one, PriceBook::builtIn, ENOUGH);
      server.append(batch(new Random(1)));
      Set<Dimension> all = EnumSet.of(Dimension.MODEL, Dimension.DEVICE);
      List<Slice> before = server.sums(TimeRange.ALL, all);
      one.write("DROP TABLE sum_revision");
      try (Database again = open("lost")) {
        var reopened = SqlStore.keepingSums(again, PriceBook::builtIn, ENOUGH);
        assertThat(reopened.sums(TimeRange.ALL, all))
            .containsExactlyInAnyOrderElementsOf(before)
            .isNotEmpty();
      }
    }
  }

  private static void change(Random random, SqlStore store) {
    switch (random.nextInt(12)) {
      case 0 -> store.clear(new DeviceId("d_" + random.nextInt(3)));
      case 1 -> store.forget(NOON.plus(Duration.ofHours(random.nextInt(48))));
      case 2 -> store.reprice("book " + random.nextInt());
      case 3 -> {
        if (random.nextInt(4) == 0) {
          store.clear();
        }
      }
      case 4 -> store.rest();
      default -> store.append(batch(random));
    }
  }

  private static Batch batch(Random random) {
    Map<EventKey, UsageEvent> events = new HashMap<>();
    for (int i = random.nextInt(40); i >= 0; i--) {
      UsageEvent event = spread(random, Events.random(random, Events.randomKey(random, 300)));
      events.put(event.key(), event);
    }
    return new Batch(
        new DeviceId("d_" + random.nextInt(3)),
        List.copyOf(events.values()),
        Stream.generate(() -> link(random)).limit(random.nextInt(4)).toList(),
        List.of(),
        List.of(),
        List.of());
  }

  private static Activity link(Random random) {
    return new Activity(
        ActivityKind.PULL_REQUEST,
        "link-" + random.nextInt(100),
        NOON.plusSeconds(random.nextInt(6_000) * 60L),
        new SessionId("session-" + random.nextInt(SESSIONS)),
        new ProjectName("p" + random.nextInt(3)),
        "ada/loom#" + random.nextInt(9),
        1);
  }

  private static UsageEvent spread(Random random, UsageEvent event) {
    Attribution attribution = event.attribution();
    return new UsageEvent(
        event.key(),
        new Completion(NOON.plusSeconds(random.nextInt(6_000) * 60L), event.completion().output()),
        event.usage(),
        new Attribution(
            new SessionId("session-" + random.nextInt(SESSIONS)),
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

  private static void assertSame(Random random, SqlStore server, SqlStore plain) {
    TimeRange range = range(random);
    Where where = where(random);
    List<Set<Dimension>> splits = Stream.generate(() -> by(random)).limit(3).toList();
    List<List<Slice>> sums = server.sums(range, where, splits);
    for (int i = 0; i < splits.size(); i++) {
      assertThat(sums.get(i))
          .containsExactlyInAnyOrderElementsOf(plain.sums(range, where, splits.get(i)));
      assertThat(server.sums(range, where, splits.get(i)))
          .containsExactlyInAnyOrderElementsOf(plain.sums(range, where, splits.get(i)));
    }
    assertThat(days(server, range)).containsExactlyInAnyOrderElementsOf(days(plain, range));
    TimeRange quarters = new TimeRange(quarter(range.from()), quarter(range.to()));
    Step step =
        new Step(
            Duration.ofHours(random.nextBoolean() ? 1 : 24),
            Duration.ofMinutes(random.nextBoolean() ? 0 : 345));
    assertThat(server.series(quarters, step, where, splits.getFirst()))
        .containsExactlyInAnyOrderElementsOf(
            plain.series(quarters, step, where, splits.getFirst()));
    assertThat(server.costs(quarters, step, where)).isEqualTo(plain.costs(quarters, step, where));
    assertThat(server.sessionCount(range, where)).isEqualTo(plain.sessionCount(range, where));
    assertThat(server.sessionCosts(range, where))
        .containsExactlyInAnyOrderElementsOf(plain.sessionCosts(range, where));
    assertThat(server.sessionPlaces(range, where))
        .containsExactlyInAnyOrderElementsOf(plain.sessionPlaces(range, where));
    assertThat(server.branchSessions(range, where))
        .containsExactlyInAnyOrderElementsOf(plain.branchSessions(range, where));
    assertThat(server.pullRequests(range, where, 100))
        .isEqualTo(plain.pullRequests(range, where, 100));
    Order order = Order.values()[random.nextInt(Order.values().length)];
    String text = random.nextInt(3) == 0 ? "SSION-" + random.nextInt(10) : null;
    assertThat(pages(server, range, where, text, order))
        .isEqualTo(pages(plain, range, where, text, order));
  }

  private static List<String> days(SqlStore store, TimeRange range) {
    List<String> rows = new ArrayList<>();
    store.days(
        range,
        (day, model, device, amounts) ->
            rows.add(day + " " + model + " " + device + " " + Arrays.toString(amounts)));
    return rows;
  }

  private static List<SessionPage.Row> pages(
      SqlStore store, TimeRange range, Where where, @Nullable String text, Order order) {
    List<SessionPage.Row> rows = new ArrayList<>();
    SessionPage page = store.sessions(new SessionQuery(range, where, text, order, null, 50));
    rows.addAll(page.rows());
    while (page.next() != null) {
      page = store.sessions(new SessionQuery(range, where, text, order, page.next(), 50));
      rows.addAll(page.rows());
    }
    return rows;
  }

  private static Instant quarter(Instant at) {
    return at.equals(TimeRange.ALL.from()) || at.equals(TimeRange.ALL.to())
        ? at
        : Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), 900) * 900);
  }

  private static TimeRange range(Random random) {
    Instant from = NOON.plusSeconds(random.nextInt(400_000) - 20_000);
    return switch (random.nextInt(4)) {
      case 0 -> TimeRange.ALL;
      case 1 -> new TimeRange(from, from.plusSeconds(random.nextInt(400_000)));
      case 2 ->
          new TimeRange(quarter(from), quarter(from).plus(Duration.ofDays(random.nextInt(5))));
      default -> new TimeRange(from.minus(Duration.ofDays(30)), from.plus(Duration.ofDays(30)));
    };
  }

  private static Where where(Random random) {
    Where where = Where.ANY;
    if (random.nextInt(3) == 0) {
      where = where.and(Dimension.DEVICE, Set.of("d_0", "d_" + (1 + random.nextInt(3))));
    }
    if (random.nextInt(4) == 0) {
      where = where.and(Dimension.MODEL, Set.of("claude-opus-4-8", "no such model"));
    }
    return where;
  }

  private static Set<Dimension> by(Random random) {
    Set<Dimension> by = EnumSet.noneOf(Dimension.class);
    for (Dimension dimension : Dimension.values()) {
      if (random.nextInt(3) == 0) {
        by.add(dimension);
      }
    }
    return by;
  }
}
