package dev.claudometer.cli.keep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.app.Memory;
import dev.claudometer.model.DeviceId;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.Batch;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.sqlite.SqliteStore;
import dev.claudometer.usage.Events;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a process remembers of its store is used as long as nothing was written, and no longer.
class RememberedFactsTest {

  private static final Instant TEN = Instant.parse("2026-11-20T10:00:00Z");

  @TempDir private Path directory;
  private final Memory memory = new Memory();

  @Test
  void sumsThatWereProvedAndThenWrittenToByAnotherProcessAreComparedAgain() throws Exception {
    try (UsageStore store = store()) {
      append(store, 1);
      assertThat(ProvenStore.problems(store, file(), memory)).isEmpty();
      ProvenStore proof = memory.of(ProvenStore.class);
      assertThat(proof.version()).isEqualTo(store.standing().version());
      assertThat(ProvenStore.problems(store, file(), memory)).isEmpty();
      assertThat(memory.of(ProvenStore.class)).isSameAs(proof);

      other("UPDATE rollup_session SET input = input + 1");
      for (int time = 0; time < 2; time++) {
        assertThat(ProvenStore.problems(store, file(), memory))
            .containsExactly(
                "1 sessions lack what quarter hours tell",
                "1 sessions hold what no quarter hours tell");
      }

      other("UPDATE rollup_session SET input = input - 1");
      assertThat(ProvenStore.problems(store, file(), memory)).isEmpty();
    }
  }

  @Test
  void factsAreGatheredAgainAfterAChange() throws Exception {
    try (UsageStore store = store()) {
      append(store, 1);
      StoredFacts facts = StoredFacts.of(store, memory);
      assertThat(facts.holdings().events()).isOne();
      assertThat(StoredFacts.of(store, memory)).isSameAs(facts);

      append(store, 2);
      assertThat(StoredFacts.of(store, memory).holdings().events()).isEqualTo(2);

      memory.rest();
      assertThat(memory.of(StoredFacts.class)).isNull();
      assertThat(StoredFacts.of(store, memory).holdings().events()).isEqualTo(2);
    }
  }

  private UsageStore store() {
    return SqliteStore.open(file(), PriceBook::builtIn);
  }

  private Path file() {
    return directory.resolve("store.db");
  }

  private static void append(UsageStore store, int number) {
    var event = Events.event("msg_" + number, "req_1", TEN, number, "session-1", false);
    store.append(
        new Batch(DeviceId.THIS, List.of(event), List.of(), List.of(), List.of(), List.of()));
  }

  private void other(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
