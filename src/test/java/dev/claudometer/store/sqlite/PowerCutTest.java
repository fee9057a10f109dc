package dev.claudometer.store.sqlite;

import static dev.claudometer.usage.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.Batch;
import dev.claudometer.store.EventFilter;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.sql.SqlStore;
import dev.claudometer.usage.Events;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The power goes at any point of SQLite's writes: what was not waited for may be there, or not, or
/// in part, page by page. What was acknowledged is there, and each transaction is whole or not at
/// all.
///
/// Between two acknowledgements the files are seen twice. Of the log, anything that was written in
/// between may be missing from some byte on; of the database file, each page may be the old or the
/// new one. A log that began from its start again did so after the database file was written.
@Tag("long")
class PowerCutTest {

  private static final int PAGE = 4_096;
  private static final int BATCHES = 40;
  private static final int EVENTS = 150;

  /// So many states of the files are tried for each kind of store.
  private static final int CRASHES = Integer.getInteger("crashes", 60);

  @TempDir private Path directory;

  /// The files at a moment.
  private record Moment(byte[] database, byte[] log) {}

  @ParameterizedTest
  @EnumSource(Durability.class)
  void whatWasAcknowledgedIsThereAndNothingIsHalfDone(Durability durability) throws IOException {
    Path file = directory.resolve("store.db");
    List<Moment> seen = new ArrayList<>();
    try (var store = open(file, durability)) {
      seen.add(look(file));
      for (int batch = 1; batch <= BATCHES; batch++) {
        use(store, batch);
        if (durability == Durability.PROCESS) {
          store.outbox().settle();
        }
        seen.add(look(file));
      }
    }
    long lengths = seen.stream().map(each -> each.database().length).distinct().count();
    assertThat(durability == Durability.PROCESS || lengths > 1).as("checkpoints").isTrue();
    var random = new Random(7);
    for (int crash = 0; crash < CRASHES; crash++) {
      int acknowledged = random.nextInt(BATCHES);
      crash(crash, durability, acknowledged, torn(seen, acknowledged, random));
    }
  }

  private void crash(int crash, Durability durability, int acknowledged, Moment torn)
      throws IOException {
    Path file = Files.createDirectories(directory.resolve("crash" + crash)).resolve("store.db");
    Files.write(file, torn.database());
    Files.write(file.resolveSibling("store.db-wal"), torn.log());
    try (var store = open(file, durability)) {
      Map<Integer, Integer> found = found(store);
      for (int batch = 1; batch <= acknowledged; batch++) {
        assertThat(found.get(batch)).as("crash %d, batch %d", crash, batch).isEqualTo(EVENTS);
      }
      assertThat(found.getOrDefault(acknowledged + 1, EVENTS))
          .as("crash %d", crash)
          .isEqualTo(EVENTS);
      assertThat(store.verify()).as("crash %d", crash).isEmpty();
      use(store, acknowledged + 1);
      assertThat(found(store)).hasSize(acknowledged + 1);
    }
  }

  private static Moment torn(List<Moment> seen, int acknowledged, Random random) {
    Moment before = seen.get(acknowledged);
    Moment after = seen.get(acknowledged + 1);
    boolean begunAgain = !startsWith(after.log(), before.log());
    return new Moment(
        begunAgain ? after.database() : pages(before.database(), after.database(), random),
        log(before.log(), after.log(), begunAgain, random));
  }

  /// SQLite writes into the database file only what the log holds, durably.
  private static byte[] pages(byte[] before, byte[] after, Random random) {
    byte[] mixed = Arrays.copyOf(before, random.nextBoolean() ? after.length : before.length);
    for (int at = 0; at + PAGE <= mixed.length; at += PAGE) {
      if (at + PAGE <= after.length && random.nextBoolean()) {
        System.arraycopy(after, at, mixed, at, PAGE);
      }
    }
    return mixed;
  }

  private static byte[] log(byte[] before, byte[] after, boolean begunAgain, Random random) {
    int kept = begunAgain ? 0 : before.length;
    int cut = kept + random.nextInt(after.length - kept + 1);
    byte[] torn = begunAgain ? before.clone() : Arrays.copyOf(before, before.length);
    torn = Arrays.copyOf(torn, Math.max(torn.length, cut));
    System.arraycopy(after, kept, torn, kept, cut - kept);
    if (cut > kept && random.nextInt(3) == 0) {
      // the last sector that was being written holds anything
      byte[] noise = new byte[Math.min(512, cut - kept)];
      random.nextBytes(noise);
      System.arraycopy(noise, 0, torn, cut - noise.length, noise.length);
    }
    return torn;
  }

  private static boolean startsWith(byte[] whole, byte[] start) {
    return whole.length >= start.length
        && Arrays.equals(whole, 0, start.length, start, 0, start.length);
  }

  private static SqlStore open(Path file, Durability durability) {
    return new SqlStore(SqliteStore.database(file, durability), PriceBook::builtIn);
  }

  private static Moment look(Path file) throws IOException {
    return new Moment(
        Files.readAllBytes(file), Files.readAllBytes(file.resolveSibling("store.db-wal")));
  }

  private static void use(SqlStore store, int batch) {
    var events = new ArrayList<UsageEvent>();
    for (int i = 0; i < EVENTS; i++) {
      events.add(
          Events.event("msg_" + batch + "_" + i, "req", NOON.plusSeconds(batch * 1_000L + i), i));
    }
    store.append(new Batch(DeviceId.THIS, events, List.of(), List.of(), List.of(), List.of()));
  }

  private static Map<Integer, Integer> found(SqlStore store) {
    var found = new HashMap<Integer, Integer>();
    store
        .events(new EventFilter.Within(TimeRange.ALL))
        .forEach(
            row ->
                found.merge(
                    Integer.valueOf(row.event().key().messageId().split("_", -1)[1]),
                    1,
                    Integer::sum));
    return found;
  }
}
