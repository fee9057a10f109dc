package dev.claudometer.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.store.sql.engine.Database;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// While somebody reads, only a part of the log can be moved into the file, and not all of what
/// that part has written: the file by itself is then none that can be read.
class PartialCheckpointTest {

  private static final int ROWS = 1_000;

  @TempDir private Path directory;

  @Test
  void fileOfWhichAPartIsStillInTheLogIsNoOtherFile() throws Exception {
    try (var database =
        SqliteStore.database(directory.resolve("server.db"), Durability.POWER_CUT)) {
      fill(database, 1);
      database.number("PRAGMA wal_checkpoint(TRUNCATE)");
      fill(database, ROWS);
      var reading = new CountDownLatch(1);
      var enough = new CountDownLatch(1);
      Thread reader = Thread.ofPlatform().start(() -> read(database, reading, enough));
      reading.await();
      for (int i = 0; i < 10; i++) {
        database.write("UPDATE setting SET value = ?", text(i));
      }
      assertThat(FileContent.of(directory.resolve("server.db"), true)).isNull();
      database.write("UPDATE setting SET value = ?", text(11));
      enough.countDown();
      reader.join();
      database.write("UPDATE setting SET value = ?", text(12));
      assertThat(database.number("SELECT COUNT(*) FROM setting")).isEqualTo(ROWS);
    }
  }

  private static void fill(Database database, int rows) {
    database.transaction(
        () -> {
          for (int i = 0; i < rows; i++) {
            database.update(
                "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
                "row " + i,
                text(0));
          }
          return rows;
        });
  }

  private static String text(int number) {
    return String.valueOf((char) ('a' + number)).repeat(900);
  }

  private static void read(Database database, CountDownLatch reading, CountDownLatch enough) {
    database.snapshot(
        session -> {
          session.query("SELECT revision FROM ledger", row -> row.getLong(1));
          reading.countDown();
          try {
            enough.await();
          } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
          }
          return 0;
        });
  }
}
