package dev.claudometer.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.app.process.StateDirectory;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.sql.SqlStore;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastSeenTest {

  @TempDir private Path directory;
  private final List<String> told = new ArrayList<>();

  @Test
  void databaseThatWasPutBackWhileTheServerWasAwayIsNoticed() throws IOException {
    Path file = directory.resolve("server.db");
    run(file, 3);
    Path copy = Files.copy(file, directory.resolve("copy.db"));
    run(file, 4);
    assertThat(told).isEmpty();
    Files.copy(copy, file, StandardCopyOption.REPLACE_EXISTING);
    run(file, 0);
    assertThat(told).hasSize(1);
    run(file, 0);
    assertThat(told).hasSize(1);
  }

  @Test
  void fileThatSaysNothingIsNoMatter() throws IOException {
    var seen = new LastSeen(new StateDirectory(directory.resolve("state")));
    assertThat(seen.read().store()).isEmpty();
    Files.createDirectories(seen.file().getParent());
    Files.writeString(seen.file(), "a b c");
    assertThat(seen.read().store()).isEmpty();
  }

  /// A server's life: it changes something, and remembers.
  private void run(Path file, int changes) {
    var seen = new LastSeen(new StateDirectory(directory.resolve("state")));
    try (var database = SqliteStore.database(file, Durability.POWER_CUT)) {
      database.rollbacks().reached(seen.read());
      database.rollbacks().follow(told::add);
      var store = new SqlStore(database, PriceBook::builtIn);
      for (int i = 0; i < changes; i++) {
        // a meter that begins anew is a change
        store.clear();
      }
      store.probe();
      seen.write(database.rollbacks().known());
    }
  }
}
