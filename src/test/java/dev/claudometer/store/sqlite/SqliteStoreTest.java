package dev.claudometer.store.sqlite;

import static dev.claudometer.usage.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.claudometer.model.UsageEvent;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.StoreException;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.UsageStoreContract;
import dev.claudometer.usage.Events;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends UsageStoreContract {

  @Override
  protected UsageStore open(Path place, PriceBook prices) {
    return SqliteStore.open(place, () -> prices);
  }

  @Test
  void fileThatIsNoDatabaseIsCorrupt(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("store.db");
    Files.writeString(file, "this is a text and no database, whatever its name says\n".repeat(100));
    assertThatThrownBy(() -> openAt(file))
        .asInstanceOf(type(StoreException.class))
        .satisfies(
            failure -> assertThat(failure).hasMessageContaining(file.toString()),
            failure -> assertThat(failure.kind()).isEqualTo(StoreException.Kind.CORRUPT));
  }

  @Test
  void overwrittenPagesAreCorrupt(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("store.db");
    try (var store = openAt(file)) {
      store.append(events(many(3000)));
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (long at = 4096; at + 4096 <= channel.size(); at += 4096) {
        channel.write(ByteBuffer.wrap(new byte[4096]), at);
      }
    }
    assertThatThrownBy(
            () -> {
              try (var store = openAt(file)) {
                store.append(events(many(10)));
              }
            })
        .asInstanceOf(type(StoreException.class))
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(StoreException.Kind.CORRUPT));
  }

  @Test
  void placeThatDoesNotExistIsUnusable(@TempDir Path directory) {
    Path file = directory.resolve("absent/store.db");
    assertThatThrownBy(() -> openAt(file))
        .asInstanceOf(type(StoreException.class))
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(StoreException.Kind.UNUSABLE));
  }

  @Test
  void storeOfANewerProgramIsLeftAlone(@TempDir Path directory) throws SQLException {
    Path file = directory.resolve("store.db");
    openAt(file).close();
    execute(file, "PRAGMA user_version = 999");
    assertThatThrownBy(() -> openAt(file))
        .asInstanceOf(type(StoreException.class))
        .satisfies(
            failure -> assertThat(failure).hasMessageContaining("newer"),
            failure -> assertThat(failure.kind()).isEqualTo(StoreException.Kind.UNUSABLE));
  }

  @Test
  void closedStoreRefusesAndKeepsWhatItHad(@TempDir Path directory) {
    Path file = directory.resolve("store.db");
    UsageStore store = openAt(file);
    store.append(events(many(3)));
    store.close();
    assertThatThrownBy(() -> store.append(events(many(5)))).isInstanceOf(StoreException.class);
    try (var again = openAt(file)) {
      assertThat(again.holdings().events()).isEqualTo(3);
      assertThat(again.verify()).isEmpty();
    }
  }

  /// Rollups are written after events, which then have to be undone.
  @Test
  void transactionThatFailsHalfWayLeavesNothingBehind(@TempDir Path directory) throws SQLException {
    Path file = directory.resolve("store.db");
    try (var store = openAt(file)) {
      store.append(events(many(3)));
      var before = store.sums(TimeRange.ALL, Set.of());
      execute(
          file,
          "CREATE TRIGGER full BEFORE INSERT ON rollup WHEN NEW.session > 0 BEGIN"
              + " SELECT RAISE(ABORT, 'no space'); END");
      assertThatThrownBy(() -> store.append(events(many(5))))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("no space");
      assertThat(store.sums(TimeRange.ALL, Set.of())).isEqualTo(before);
      assertThat(store.holdings().events()).isEqualTo(3);
      assertThat(store.verify()).isEmpty();
      execute(file, "DROP TRIGGER full");
      store.append(events(many(5)));
      assertThat(store.holdings().events()).isEqualTo(5);
      assertThat(store.verify()).isEmpty();
    }
  }

  @Test
  void verifyNamesWhatTheRollupDoesNotSum(@TempDir Path directory) throws SQLException {
    Path file = directory.resolve("store.db");
    try (var store = openAt(file)) {
      store.append(events(many(3)));
      execute(file, "UPDATE rollup SET output = output + 1");
      assertThat(store.verify())
          .contains(
              "1 quarter hours lack what events tell", "1 days hold what no quarter hours tell")
          .hasSize(8);
      execute(file, "DELETE FROM rollup");
      assertThat(store.verify())
          .containsExactly(
              "1 quarter hours lack what events tell",
              "1 days hold what no quarter hours tell",
              "1 quarter hours of everything hold what no quarter hours tell",
              "1 sessions hold what no quarter hours tell");
    }
  }

  @Test
  void pricesAreAskedForOnlyWhereEventsArePriced(@TempDir Path directory) {
    Path file = directory.resolve("store.db");
    var asked = new ArrayList<String>();
    try (var store =
        SqliteStore.open(
            file,
            () -> {
              asked.add("prices");
              return PriceBook.builtIn();
            })) {
      store.reprice("book");
      assertThat(store.sums(TimeRange.ALL, Set.of())).isEmpty();
      assertThat(asked).isEmpty();
    }
  }

  private static UsageStore openAt(Path file) {
    return SqliteStore.open(file, PriceBook::builtIn);
  }

  private static List<UsageEvent> many(int count) {
    List<UsageEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(Events.event("msg_" + i, "req_" + i, NOON.plusSeconds(i * 100L), i));
    }
    return events;
  }

  private static void execute(Path file, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
