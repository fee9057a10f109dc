package dev.claudometer.app.server;

import dev.claudometer.app.process.StateDirectory;
import dev.claudometer.server.api.Backups;
import dev.claudometer.store.sql.engine.Copying;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Copies a running server's database into a file beside its state.
record DatabaseBackups(Database database, StateDirectory state) implements Backups {

  @Override
  public Path make() throws IOException {
    state.create();
    Path file = Files.createTempFile(state.path(), "backup", ".db");
    boolean done = false;
    try (Database copy = SqliteStore.database(file, Durability.POWER_CUT)) {
      new Copying(database, copy).run();
      done = true;
      return file;
    } finally {
      if (!done) {
        Files.deleteIfExists(file);
      }
    }
  }
}
