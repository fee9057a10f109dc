package dev.claudometer.store.sqlite;

import static dev.claudometer.usage.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.Batch;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Slice;
import dev.claudometer.store.StoreException;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.sql.SqlStore;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.usage.Events;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A store whose file is taken away or exchanged while it is open: what was stored is there when
/// the file is opened again.
class LostFileTest {

  @TempDir private Path directory;
  private Path file;
  private Database database;
  private SqlStore store;

  @BeforeEach
  void open() {
    file = directory.resolve("place/server.db");
    assertThat(file.getParent().toFile().mkdirs()).isTrue();
    database = SqliteStore.database(file, Durability.POWER_CUT);
    store = new SqlStore(database, PriceBook::builtIn);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"server.db", "server.db server.db-wal server.db-shm", "server.db-wal server.db"})
  void deletedFileIsWrittenAgain(String deleted) throws IOException {
    use("a", 30);
    for (String name : deleted.split(" ", -1)) {
      Files.delete(file.resolveSibling(name));
    }
    use("b", 20);
    assertThat(reopened()).isEqualTo(50);
    use("c", 5);
    assertThat(reopened()).isEqualTo(55);
  }

  @Test
  void deletedDirectoryIsMadeAgain() throws IOException {
    use("a", 30);
    try (Stream<Path> files = Files.list(file.getParent())) {
      for (Path each : files.toList()) {
        Files.delete(each);
      }
    }
    Files.delete(file.getParent());
    use("b", 20);
    assertThat(reopened()).isEqualTo(50);
  }

  @Test
  void copyThatIsPutInItsPlaceIsUsedAndKnownToBeOlder() throws IOException {
    List<String> told = new ArrayList<>();
    database.rollbacks().follow(told::add);
    use("a", 30, "session-a");
    Path copy = copy();
    use("b", 20, "session-b");
    Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
    // its number for a name was that of session-b in the file before
    use("c", 5, "session-c");
    assertThat(sessions()).containsExactly("session-a 30", "session-c 5");
    assertThat(store.verify()).isEmpty();
    assertThat(told).hasSize(1).first().asString().startsWith("the database was put back");
    assertThat(store.standing().generation()).isPositive();
    assertThat(reopened()).isEqualTo(35);
  }

  /// Written over while it is open, in place, with its log still there.
  @Test
  void copyThatIsWrittenOverItIsUsedAndKnownToBeOlder() throws IOException {
    List<String> told = new ArrayList<>();
    database.rollbacks().follow(told::add);
    use("a", 30, "session-a");
    Path copy = copy();
    for (int i = 0; i < 10; i++) {
      use("b" + i, 2_000, "session-b");
    }
    Files.write(file, Files.readAllBytes(copy));
    use("c", 5, "session-c");
    assertThat(sessions()).containsExactly("session-a 30", "session-c 5");
    assertThat(told).hasSize(1);
    assertThat(reopened()).isEqualTo(35);
  }

  @Test
  void logThatIsDeletedIsWrittenAgain() throws IOException {
    use("a", 30);
    Files.delete(file.resolveSibling("server.db-wal"));
    use("b", 20);
    assertThat(reopened()).isEqualTo(50);
  }

  @Test
  void anotherFileIsRefusedUntilItIsGone() throws IOException {
    use("a", 30);
    Path kept = copy();
    Path other = Files.writeString(directory.resolve("text"), "no database at all".repeat(1_000));
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> use("b", 20)).isInstanceOf(StoreException.class);
    Files.move(kept, file, StandardCopyOption.REPLACE_EXISTING);
    use("c", 5);
    assertThat(reopened()).isEqualTo(35);
  }

  private Path copy() {
    Path copy = directory.resolve("copy.db");
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.prepareStatement("VACUUM INTO ?")) {
      statement.setString(1, copy.toString());
      statement.execute();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
    return copy;
  }

  private void use(String name, int events) {
    use(name, events, "session-1");
  }

  private void use(String name, int events, String session) {
    var some = new ArrayList<UsageEvent>();
    for (int i = 0; i < events; i++) {
      some.add(Events.event("msg_" + name + i, "req", NOON.plusSeconds(i), 1 + i, session, false));
    }
    store.append(new Batch(DeviceId.THIS, some, List.of(), List.of(), List.of(), List.of()));
  }

  private List<String> sessions() {
    return store.sums(TimeRange.ALL, Set.of(Dimension.SESSION)).stream()
        .map(slice -> slice.session() + " " + slice.totals().responses())
        .sorted()
        .toList();
  }

  private long reopened() {
    store.close();
    database = SqliteStore.database(file, Durability.POWER_CUT);
    store = new SqlStore(database, PriceBook::builtIn);
    assertThat(store.verify()).isEmpty();
    return store.sums(TimeRange.ALL, Set.of()).stream()
        .map(Slice::totals)
        .mapToLong(totals -> totals.responses())
        .sum();
  }
}
