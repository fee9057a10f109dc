package dev.claudometer.store.postgres;

import static dev.claudometer.usage.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledBucket;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.Measure;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.Batch;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.EventFilter;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.bill.BilledSum;
import dev.claudometer.store.poll.Poll;
import dev.claudometer.store.sql.SqlStore;
import dev.claudometer.store.sql.bill.SqlBilling;
import dev.claudometer.store.sql.engine.Copying;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import dev.claudometer.usage.Events;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("database")
@ExtendWith(PostgresServer.class)
class CopyingTest {

  private final PostgresServer.Running postgres;

  CopyingTest(PostgresServer.Running postgres) {
    this.postgres = postgres;
  }

  @Test
  void storeMovesFromSqliteToPostgresAndBack(@TempDir Path directory) {
    try (Database first = sqlite(directory.resolve("first.db"));
        Database shared = PostgresStore.database(postgres.schema("copying"));
        Database last = sqlite(directory.resolve("last.db"))) {
      UsageStore original = store(first);
      fill(original, 0);
      original.forget(NOON.plusSeconds(600));
      assertThat(new Copying(first, shared).run()).isPositive();
      assertThat(new Copying(shared, last).run()).isPositive();
      List<UsageStore> copies = List.of(store(shared), store(last));
      copies.forEach(copy -> assertSame(copy, original));
      fill(original, 1);
      copies.forEach(copy -> fill(copy, 1));
      copies.forEach(copy -> assertSame(copy, original));
    }
  }

  private static void assertSame(UsageStore copy, UsageStore original) {
    assertThat(copy.verify()).isEmpty();
    assertThat(copy.meters(-1).readings()).hasSameElementsAs(original.meters(-1).readings());
    assertThat(copy.sums(TimeRange.ALL, EnumSet.allOf(Dimension.class)))
        .hasSameElementsAs(original.sums(TimeRange.ALL, EnumSet.allOf(Dimension.class)));
    assertThat(copy.events(new EventFilter.Within(TimeRange.ALL)))
        .hasSameElementsAs(original.events(new EventFilter.Within(TimeRange.ALL)));
    assertThat(copy.standing().horizon()).isEqualTo(original.standing().horizon());
    assertThat(copy.standing().store()).isNotEqualTo(original.standing().store());
    assertThat(copy.standing().revision()).isEqualTo(original.standing().revision());
  }

  @Test
  void billsAreCopiedToo(@TempDir Path directory) {
    try (Database from = sqlite(directory.resolve("from.db"));
        Database to = PostgresStore.database(postgres.schema("copying_bills"))) {
      var amounts = new BilledAmounts(Map.of(Measure.COST, 1_230_000_000L));
      var group = new BilledGroup(Map.of(BilledDimension.WORKSPACE, ""));
      var poll = new Poll("test", NOON, null, NOON, null, null, "");
      new SqlBilling(from)
          .put(
              List.of(
                  new BilledBucket(
                      BilledReport.COST,
                      NOON,
                      NOON.plusSeconds(86_400),
                      NOON,
                      List.of(new BilledBucket.Line(group, amounts)))),
              poll);
      new SqlBilling(from).tell("cost", Map.of(group, amounts));
      new Copying(from, to).run();
      var copy = new SqlBilling(to);
      assertThat(copy.tell("cost", Map.of())).containsExactly(Map.entry(group, amounts));
      assertThat(copy.totals(-1).totals()).hasSize(1);
      assertThat(copy.poll("test")).isEqualTo(poll);
      assertThat(
              copy.sums(
                  BilledReport.COST,
                  TimeRange.ALL,
                  Duration.ofHours(12),
                  Set.of(BilledDimension.WORKSPACE)))
          .containsExactly(new BilledSum(NOON, group, amounts));
    }
  }

  @Test
  void storeThatHoldsSomethingIsNotOverwritten(@TempDir Path directory) {
    try (Database from = sqlite(directory.resolve("from.db"));
        Database to = sqlite(directory.resolve("to.db"))) {
      fill(store(from), 0);
      fill(store(to), 2);
      var before = store(to).sums(TimeRange.ALL, EnumSet.allOf(Dimension.class));
      assertThatThrownBy(() -> new Copying(from, to).run()).isInstanceOf(Copying.NotEmpty.class);
      assertThat(store(to).sums(TimeRange.ALL, EnumSet.allOf(Dimension.class))).isEqualTo(before);
    }
  }

  private static Database sqlite(Path file) {
    return SqliteStore.database(file, Durability.POWER_CUT);
  }

  private static UsageStore store(Database database) {
    return new SqlStore(database, PriceBook::builtIn);
  }

  private static void fill(UsageStore store, long seed) {
    var random = new Random(seed);
    List<UsageEvent> events = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      events.add(Events.random(random, Events.randomKey(random, 60)));
    }
    events.add(
        Events.event(
            "msg_01XFDUDYJgAACzvnptvVoYEL",
            "req_011CSHoEeqs5C35K2UUqR7Fy",
            NOON.plusSeconds(700),
            5 + seed));
    for (UsageEvent event : events) {
      store.append(
          new Batch(
              new DeviceId("d_" + random.nextInt(2)),
              List.of(event),
              List.of(),
              List.of(),
              List.of(),
              List.of()));
    }
  }
}
