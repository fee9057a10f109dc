package dev.claudometer.store.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.sql.SqlStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store of an interim version, whose update ends at any byte of what it writes: it is as before,
/// or up to date, and goes on.
@Tag("long")
class CutMigrationTest {

  private static final int NAMES = 500;
  private static final int CUTS = 25;

  @TempDir private Path directory;

  @Test
  void updateThatWasCutIsDoneAtTheNextStart() throws Exception {
    Path old = directory.resolve("old.db");
    make(old);
    byte[] before = Files.readAllBytes(old);
    byte[] log;
    try (var updated = SqliteStore.database(old, Durability.POWER_CUT)) {
      assertThat(updated.number("PRAGMA user_version")).isGreaterThan(101);
      log = Files.readAllBytes(directory.resolve("old.db-wal"));
    }
    var random = new Random(18);
    for (int cut = 0; cut < CUTS; cut++) {
      Path file = Files.createDirectories(directory.resolve("cut" + cut)).resolve("store.db");
      Files.write(file, before);
      Files.write(
          file.resolveSibling("store.db-wal"), Arrays.copyOf(log, random.nextInt(log.length + 1)));
      try (var database = SqliteStore.database(file, Durability.POWER_CUT)) {
        assertThat(database.number("PRAGMA user_version")).as("cut %d", cut).isGreaterThan(101);
        assertThat(database.number("SELECT COUNT(*) FROM name")).isEqualTo(NAMES);
        assertThat(new SqlStore(database, PriceBook::builtIn).verify()).isEmpty();
      }
    }
  }

  private static void make(Path file) throws SQLException, IOException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
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
}
