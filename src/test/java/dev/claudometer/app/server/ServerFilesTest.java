package dev.claudometer.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.app.process.ManagedSettings;
import dev.claudometer.app.process.PriceBooks;
import dev.claudometer.app.process.StateDirectory;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.pricing.OwnPrices;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.pricing.PriceUpdate;
import dev.claudometer.pricing.Rates;
import dev.claudometer.store.Batch;
import dev.claudometer.store.EventFilter;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.sql.SqlStore;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import dev.claudometer.usage.Events;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a running server keeps beside its database: prices, and copies for a moment.
class ServerFilesTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private StateDirectory state;
  private PriceBooks books;
  private Database database;
  private SqlStore store;

  @BeforeEach
  void open(@TempDir Path place) {
    state = new StateDirectory(place.resolve("claudometer"));
    books = new PriceBooks(state, new ManagedSettings(state.path()));
    database = SqliteStore.database(place.resolve("server.db"), Durability.PROCESS);
    store = new SqlStore(database, books::book);
    store.reprice(books.fingerprint());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void use(UsageEvent event) {
    store.append(
        new Batch(DeviceId.THIS, List.of(event), List.of(), List.of(), List.of(), List.of()));
  }

  @Test
  void changedPricesAreInForceAtOnceAndForWhatIsStoredSoon() throws Exception {
    var shelf = new PriceShelf(state, books, store);
    UsageEvent event = Events.event("msg_1", "req_1", NOON, 5, "s", false);
    String model = event.usage().model();
    use(event);
    PriceBook before = books.book();
    var rates = new Rates(1_000_000, 7_000_000, 1_000_000, 1_000_000, 1_000_000);
    shelf.use(
        PriceUpdate.of(
            OwnPrices.with(before, model, rates, NOON.minusSeconds(43_200), "set here by ada")));
    assertThat(shelf.customised()).isTrue();
    assertThat(books.book().row(model).orElseThrow().at(NOON).standard().rates()).isEqualTo(rates);
    await(1);
    shelf.reset();
    assertThat(shelf.customised()).isFalse();
    await(0);
  }

  /// Waits until so many responses would cost something else today.
  private void await(long different) throws InterruptedException {
    long end = System.nanoTime() + 120_000_000_000L;
    long now = -1;
    while (now != different && System.nanoTime() - end < 0) {
      now =
          store.events(new EventFilter.Within(TimeRange.ALL)).stream()
              .filter(event -> event.today() != null)
              .count();
      Thread.sleep(20);
    }
    assertThat(now).isEqualTo(different);
  }

  @Test
  void copyIsWholeAndForItsOwnerOnly() throws IOException {
    use(Events.event("msg_1", "req_1", NOON, 5, "s", false));
    Path copy = new DatabaseBackups(database, state).make();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
        .isEqualTo("rw-------");
    try (var read = new SqlStore(SqliteStore.database(copy, Durability.PROCESS), books::book)) {
      assertThat(read.sums(TimeRange.ALL, Set.of())).isEqualTo(store.sums(TimeRange.ALL, Set.of()));
      assertThat(read.verify()).isEmpty();
    }
  }

  @Test
  void whatAKilledBackupLeftIsRemovedAtTheNextStart() throws IOException {
    state.create();
    Path gone = Files.createFile(state.path().resolve("backup-99999999-1.db"));
    Path earlier = Files.createFile(state.path().resolve("backup123456789012345.db"));
    Path parent =
        Files.createFile(
            state
                .path()
                .resolve(
                    "backup-" + ProcessHandle.current().parent().orElseThrow().pid() + "-1.db"));
    Path mine = Files.createFile(state.path().resolve("backup-of-mine.db"));
    new DatabaseBackups(database, state).removeLeftOvers();
    assertThat(gone).doesNotExist();
    assertThat(earlier).doesNotExist();
    assertThat(parent).as("of a process that runs").exists();
    assertThat(mine).exists();
  }
}
