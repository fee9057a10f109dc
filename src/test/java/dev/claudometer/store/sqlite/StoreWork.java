package dev.claudometer.store.sqlite;

import static dev.claudometer.usage.Events.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.Batch;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.sql.SqlStore;
import dev.claudometer.store.sql.engine.Copying;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.usage.Events;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/// Work on the files of a directory that can end at any moment, and be done again.
interface StoreWork {

  int BATCHES = 12;
  int EVENTS = 25;

  /// What is there before.
  default void prepare(Path directory) throws Exception {}

  /// @param done told whenever something more is acknowledged
  void run(Path directory, Runnable done) throws Exception;

  /// Whether the files are as they have to be after so much was acknowledged.
  void check(Path directory, int done) throws Exception;

  /// How much is acknowledged in the end.
  int all();

  /// Deliveries are stored, and the store is closed and opened again.
  record Deliveries(Durability durability) implements StoreWork {

    @Override
    public void run(Path directory, Runnable done) {
      for (int half = 0; half < 2; half++) {
        try (var store = open(directory, durability)) {
          for (int batch = 1; batch <= BATCHES / 2; batch++) {
            store.append(batch(half * BATCHES / 2 + batch));
            if (durability == Durability.PROCESS) {
              store.outbox().settle();
            }
            done.run();
          }
        }
      }
    }

    @Override
    public void check(Path directory, int done) {
      try (var store = open(directory, durability)) {
        Map<String, Long> found = outputs(store);
        assertThat(found).isIn(truth(done), truth(done + 1));
        assertThat(store.verify()).isEmpty();
      }
    }

    @Override
    public int all() {
      return BATCHES;
    }
  }

  /// Deliveries are stored while their log is moved beside them, as with thousands of times as
  /// many.
  record Moving() implements StoreWork {

    @Override
    public void run(Path directory, Runnable done) {
      var dialect =
          new SqliteDialect(
              directory.resolve("store.db"), Durability.POWER_CUT, new LogMover.Bounds(10, 60));
      try (var store = new SqlStore(Database.open(dialect), PriceBook::builtIn)) {
        for (int batch = 1; batch <= BATCHES; batch++) {
          store.append(batch(batch));
          done.run();
        }
      }
    }

    @Override
    public void check(Path directory, int done) {
      new Deliveries(Durability.POWER_CUT).check(directory, done);
    }

    @Override
    public int all() {
      return BATCHES;
    }
  }

  /// Old responses are deleted; their sums stay. Then the usage of a device is.
  record Retention() implements StoreWork {

    private static final int KEPT = 4;
    private static final Instant BEFORE = NOON.plusSeconds((BATCHES - KEPT + 1) * 1_000L);

    @Override
    public void prepare(Path directory) {
      new Deliveries(Durability.PROCESS).run(directory, () -> {});
    }

    @Override
    public void run(Path directory, Runnable done) {
      try (var store = open(directory, Durability.POWER_CUT)) {
        store.forget(BEFORE);
        done.run();
        store.clear(device(BATCHES));
        done.run();
      }
    }

    @Override
    public void check(Path directory, int done) {
      try (var store = open(directory, Durability.POWER_CUT)) {
        Map<String, Long> sums = outputs(store);
        Map<String, Long> cleared = truth(BATCHES);
        cleared.keySet().removeIf(session -> Integer.parseInt(session) % 2 == BATCHES % 2);
        assertThat(sums).isIn(done < 2 ? List.of(truth(BATCHES), cleared) : List.of(cleared));
        long kept = sums.equals(cleared) ? KEPT / 2 : KEPT;
        long events = store.holdings().events();
        assertThat(events)
            .isIn(
                done == 0 && !sums.equals(cleared)
                    ? List.of((long) BATCHES * EVENTS, kept * EVENTS)
                    : List.of(kept * EVENTS));
        assertThat(store.verify()).isEmpty();
      }
    }

    @Override
    public int all() {
      return 2;
    }
  }

  /// A store is copied into another: a backup, or one that is put back.
  record Backup() implements StoreWork {

    @Override
    public void prepare(Path directory) {
      new Deliveries(Durability.PROCESS).run(directory, () -> {});
    }

    @Override
    public void run(Path directory, Runnable done) throws IOException {
      for (String ending : List.of("", "-wal", "-shm")) {
        Files.deleteIfExists(directory.resolve("backup.db" + ending));
      }
      try (Database from =
              SqliteStore.database(directory.resolve("store.db"), Durability.POWER_CUT);
          Database to =
              SqliteStore.database(directory.resolve("backup.db"), Durability.POWER_CUT)) {
        new Copying(from, to).run();
      }
      done.run();
    }

    @Override
    public void check(Path directory, int done) {
      try (var store = open(directory, Durability.POWER_CUT);
          var copy = opened(directory.resolve("backup.db"), Durability.POWER_CUT)) {
        assertThat(outputs(store)).isEqualTo(truth(BATCHES));
        assertThat(outputs(copy)).isIn(truth(done * BATCHES), truth(BATCHES));
        assertThat(store.verify()).isEmpty();
        assertThat(copy.verify()).isEmpty();
      }
    }

    @Override
    public int all() {
      return 1;
    }
  }

  /// A store of an interim version is brought up to date.
  record Update() implements StoreWork {

    private static final int NAMES = 500;

    @Override
    public void prepare(Path directory) throws SQLException, IOException {
      try (Connection connection =
              DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("store.db"));
          Statement statement = connection.createStatement();
          InputStream in = SqlStore.class.getResourceAsStream("engine/sqlite-before/V101.sql")) {
        statement.execute("PRAGMA journal_mode = WAL");
        String script = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
        for (String sql : script.split(";\\s*\n", -1)) {
          if (!sql.isBlank()) {
            statement.execute(sql);
          }
        }
        for (int i = 1; i <= NAMES; i++) {
          statement.execute("INSERT INTO name (id, text) VALUES (" + i + ", 'name " + i + "')");
        }
      }
    }

    @Override
    public void run(Path directory, Runnable done) {
      SqliteStore.database(directory.resolve("store.db"), Durability.POWER_CUT).close();
      done.run();
    }

    /// To open it is to bring it up to date.
    @Override
    public void check(Path directory, int done) {
      try (var database =
          SqliteStore.database(directory.resolve("store.db"), Durability.POWER_CUT)) {
        assertThat(database.number("PRAGMA user_version")).isGreaterThan(101);
        assertThat(database.number("SELECT COUNT(*) FROM name")).isEqualTo(NAMES);
        assertThat(new SqlStore(database, PriceBook::builtIn).verify()).isEmpty();
      }
    }

    @Override
    public int all() {
      return 1;
    }
  }

  private static UsageStore open(Path directory, Durability durability) {
    return opened(directory.resolve("store.db"), durability);
  }

  static UsageStore opened(Path file, Durability durability) {
    return new SqlStore(SqliteStore.database(file, durability), PriceBook::builtIn);
  }

  /// Each delivery is a session of its own; two devices take turns.
  private static Batch batch(int number) {
    var events = new ArrayList<UsageEvent>();
    for (int i = 0; i < EVENTS; i++) {
      Instant at = NOON.plusSeconds(number * 1_000L + i);
      events.add(
          Events.event(
              "msg_" + number + "_" + i, "req", at, number, Integer.toString(number), false));
    }
    return new Batch(device(number), events, List.of(), List.of(), List.of(), List.of());
  }

  private static DeviceId device(int number) {
    return new DeviceId("d_" + number % 2);
  }

  static Map<String, Long> truth(int batches) {
    var truth = new TreeMap<String, Long>();
    for (int batch = 1; batch <= Math.min(batches, BATCHES); batch++) {
      truth.put(Integer.toString(batch), (long) batch * EVENTS);
    }
    return truth;
  }

  static Map<String, Long> outputs(Path file) {
    try (UsageStore store = opened(file, Durability.POWER_CUT)) {
      return outputs(store);
    }
  }

  private static Map<String, Long> outputs(UsageStore store) {
    var found = new TreeMap<String, Long>();
    store
        .sums(TimeRange.ALL, Set.of(Dimension.SESSION))
        .forEach(slice -> found.put(slice.session().text(), slice.totals().tokens().output()));
    return found;
  }
}
