package dev.claudometer.store;

import static dev.claudometer.usage.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.claudometer.model.Activity;
import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.Claim;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.meter.MeterReading;
import dev.claudometer.store.sql.SqlStore;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.usage.Events;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A store of which somebody has dropped a table: what machines have told comes again.
public abstract class MissingTableContract {

  private static final DeviceId MACHINE = new DeviceId("d_1");
  private static final String SENDER = "s_1";

  private Path place;

  /// Opens the database at a place, and makes it where there is none.
  protected abstract Database open(Path place);

  @BeforeEach
  void in(@TempDir Path directory) {
    place = directory.resolve("store");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event_row",
        "activity",
        "delivered",
        "rollup",
        "rollup_time",
        "rollup_day",
        "rollup_session",
        "meter",
        "session_part",
        "file",
        "lease",
        "day_note"
      })
  void whatIsDroppedBetweenTwoStartsIsToldAgain(String table) throws Exception {
    try (var database = open(place)) {
      tell(store(database), 0, 60);
      drop(database, table);
    }
    try (var database = open(place)) {
      var store = store(database);
      tell(store, store.held(MACHINE, SENDER).upTo(), 80);
      isWhole(store);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event_row", "rollup_day", "activity"})
  void whatIsDroppedUnderARunningServerIsToldAgain(String table) throws Exception {
    List<String> told = new ArrayList<>();
    try (var database = open(place)) {
      database.rollbacks().follow(told::add);
      var store = store(database);
      tell(store, 0, 60);
      drop(database, table);
      assertThatThrownBy(() -> tell(store, 60, 80)).isInstanceOf(StoreException.class);
      tell(store, 60, 80);
      assertThat(told).hasSize(1).first().asString().contains("lost " + table);
      assertThat(store.held(MACHINE, SENDER).upTo()).isZero();
      tell(store, 0, 80);
      store.reprice("again");
      isWhole(store);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "context", "account", "audit", "forgotten"})
  void withoutWhatNobodyTellsAgainItIsNotUsed(String table) throws Exception {
    try (var database = open(place)) {
      tell(store(database), 0, 10);
      drop(database, table);
    }
    assertThatThrownBy(() -> open(place))
        .isInstanceOf(StoreException.class)
        .hasMessage("The database lacks the table " + table + ": restore a backup");
  }

  @Test
  void whatEventsAreReadFromIsMadeAgain() {
    try (var database = open(place)) {
      tell(store(database), 0, 80);
      database.write("DROP VIEW event");
    }
    try (var database = open(place)) {
      isWhole(store(database));
    }
  }

  @Test
  void nothingIsMissingUsually() {
    try (var database = open(place)) {
      tell(store(database), 0, 10);
    }
    try (var database = open(place)) {
      assertThat(store(database).standing().generation()).isZero();
    }
  }

  private static SqlStore store(Database database) {
    var store = new SqlStore(database, PriceBook::builtIn);
    store.reprice("prices");
    return store;
  }

  /// PostgreSQL drops no table that a view is made of.
  private static void drop(Database database, String table) {
    database.transaction(
        () -> {
          if (table.equals("event_row") || table.equals("context")) {
            database.session().execute("DROP VIEW event");
          }
          database.session().execute("DROP TABLE " + table);
          return table;
        });
  }

  /// As a machine does that has told up to a revision.
  private static void tell(SqlStore store, long after, int upTo) {
    var events = new ArrayList<UsageEvent>();
    var activities = new ArrayList<Activity>();
    for (int i = (int) after + 1; i <= upTo; i++) {
      String session = "session-" + i % 3;
      events.add(Events.event("msg_" + i, "req", NOON.plusSeconds(600L * i), i, session, false));
      activities.add(
          new Activity(
              ActivityKind.PROMPT,
              "a" + i,
              NOON.plusSeconds(i),
              new SessionId(session),
              new ProjectName("p"),
              "",
              1));
    }
    store.append(
        List.of(
            new Batch(
                MACHINE,
                events,
                activities,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new Claim(SENDER, after, upTo, store.standing().generation()))));
  }

  private static void isWhole(SqlStore store) {
    assertThat(store.verify()).isEmpty();
    var totals = store.sums(TimeRange.ALL, Set.of()).getFirst().totals();
    assertThat(totals.responses()).isEqualTo(80);
    assertThat(totals.tokens().output()).isEqualTo(80 * 81 / 2);
    assertThat(store.activities(TimeRange.ALL))
        .extracting(ActivityCount::count)
        .containsExactly(80L);
    assertThat(
            store.meters(0).readings().stream()
                .filter(reading -> reading.meter().name().equals("RESPONSES"))
                .mapToLong(MeterReading::amount)
                .sum())
        .isEqualTo(80);
  }
}
