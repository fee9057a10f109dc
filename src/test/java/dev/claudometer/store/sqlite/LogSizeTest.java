package dev.claudometer.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.store.sql.engine.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("long")
class LogSizeTest {

  @TempDir private Path directory;

  /// SQLite itself never makes a log smaller that had to grow.
  @Test
  void logThatGrewWhileSomebodyReadIsEmptiedWhenNobodyDoes() throws Exception {
    try (var database =
        SqliteStore.database(directory.resolve("server.db"), Durability.POWER_CUT)) {
      var reading = new CountDownLatch(1);
      var enough = new CountDownLatch(1);
      Thread reader =
          Thread.ofPlatform()
              .start(
                  () ->
                      database.snapshot(
                          session -> {
                            session.query("SELECT revision FROM ledger", row -> row.getLong(1));
                            reading.countDown();
                            await(enough);
                            return 0;
                          }));
      await(reading);
      write(database, 40);
      assertThat(logBytes()).isGreaterThan(30L << 20);
      enough.countDown();
      reader.join();
      write(database, 1);
      assertThat(logBytes()).isLessThan(2L << 20);
    }
  }

  @Test
  void logBeginsAgainWhileSomebodyAlwaysWrites() throws Exception {
    try (var database =
        SqliteStore.database(directory.resolve("server.db"), Durability.POWER_CUT)) {
      write(database, 120);
      assertThat(logBytes()).isBetween(6L << 20, 20L << 20);
    }
  }

  private long logBytes() throws IOException {
    return Files.size(directory.resolve("server.db-wal"));
  }

  private static void write(Database database, int times) {
    for (int i = 0; i < times; i++) {
      database.write(
          "INSERT INTO setting (name, value) VALUES ('big', ?)"
              + " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
          Integer.toString(i % 10).repeat(900_000));
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
