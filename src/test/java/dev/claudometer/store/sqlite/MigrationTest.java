package dev.claudometer.store.sqlite;

import static dev.claudometer.usage.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.Measure;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.Batch;
import dev.claudometer.store.BilledTotals;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.EventFilter;
import dev.claudometer.store.Meter;
import dev.claudometer.store.MeterReading;
import dev.claudometer.store.Receipt;
import dev.claudometer.store.Slice;
import dev.claudometer.store.StoredEvent;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.sql.SqlStore;
import dev.claudometer.store.sql.bill.SqlBilling;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.usage.Events;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store that the first version wrote.
class MigrationTest {

  @Test
  void firstVersionsStoreKeepsItsEventsAndKnowsThemAgain(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("store.db");
    writeFirstVersion(file);
    try (var store = SqliteStore.open(file, PriceBook::builtIn)) {
      assertThat(store.verify()).isEmpty();
      assertThat(store.sums(TimeRange.ALL, Set.of(Dimension.SESSION, Dimension.BRANCH)))
          .extracting(Slice::session, Slice::branch, slice -> slice.totals().tokens().output())
          .containsExactly(tuple("session-1", "", 7L));
      assertThat(store.events(new EventFilter.ById("msg_1")))
          .extracting(StoredEvent::device)
          .containsExactly("");
      assertThat(store.cursors("")).containsOnlyKeys("/projects/p/session-1.jsonl");
      var again = Events.event("msg_1", "req_1", NOON, 7);
      assertThat(
              store.append(
                  new Batch("", List.of(again), List.of(), List.of(), List.of(), List.of())))
          .isEqualTo(new Receipt(0, 0, 1));
      store.reprice("a price book");
      assertThat(store.meters(-1).readings())
          .extracting(MeterReading::meter, MeterReading::amount)
          .contains(
              tuple(Meter.RESPONSES, 1L),
              tuple(Meter.OUTPUT, 7L),
              tuple(Meter.SESSIONS, 1L),
              tuple(Meter.LAST_AT, NOON.toEpochMilli()),
              tuple(Meter.REQUEST_OUTPUT, 7L),
              tuple(Meter.STOP_REASONS, 1L),
              tuple(Meter.READ_BYTES, 10L));
      var readings = store.meters(-1);
      store.reprice("another price book");
      assertThat(store.meters(-1)).isEqualTo(readings);
      assertThat(store.holdings().events()).isEqualTo(1);
      assertThat(store.verify()).isEmpty();
    }
  }

  @Test
  void billOfAnEarlierVersionHasTotals(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("store.db");
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      for (int version = 1; version <= 6; version++) {
        for (String sql : script(version).split(";\\s*\n", -1)) {
          if (!sql.isBlank()) {
            statement.execute(sql);
          }
        }
      }
      statement.execute("INSERT INTO name (id, text) VALUES (1, 'MESSAGES'), (2, 'MODEL=m')");
      for (int hour = 0; hour < 2; hour++) {
        statement.execute(
            "INSERT INTO billed_line (report, starts_at, member, input) VALUES (1, %d, 2, 5)"
                .formatted(hour * 3_600_000));
      }
    }
    try (Database database = SqliteStore.database(file, Durability.PROCESS)) {
      assertThat(new SqlBilling(database).totals(-1).totals())
          .containsExactly(
              new BilledTotals.Total(
                  BilledReport.MESSAGES,
                  new BilledGroup(Map.of(BilledDimension.MODEL, "m")),
                  new BilledAmounts(Map.of(Measure.INPUT, 10L))));
      assertThat(new SqlStore(database, PriceBook::builtIn).verify()).isEmpty();
    }
  }

  private static void writeFirstVersion(Path file) throws IOException, SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      for (String sql : script(1).split(";\\s*\n", -1)) {
        if (!sql.isBlank()) {
          statement.execute(sql);
        }
      }
      String[] names = {
        "session-1", "p", "", "claude-opus-5", "||", "/projects/p/session-1.jsonl", "end_turn"
      };
      for (String name : names) {
        statement.execute("INSERT INTO name (text) VALUES ('" + name + "')");
      }
      String id = id("msg_1").substring(0, 20) + id("req_1").substring(4, 16);
      statement.execute(
          "INSERT INTO event VALUES (x'"
              + id
              + "', 'msg_1', 'req_1', "
              + NOON.toEpochMilli()
              + ", 7, 4, 10, 7, 0, 0, 0, 0, 0, 5, 7, NULL, 1000, NULL, 1, 2, 3, 3, 0, 0, "
              + NOON.toEpochMilli()
              + ", 6, 7, 0, 6, 7, NULL, 1)");
      statement.execute("INSERT INTO file VALUES (6, '(dev=1,ino=2)', 10, 1, 10, 5, '', '', '')");
    }
  }

  private static String id(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static String script(int version) throws IOException {
    try (InputStream in = Database.class.getResourceAsStream("sqlite/V" + version + ".sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
