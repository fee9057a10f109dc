package dev.claudometer.store.sqlite;

import dev.claudometer.store.KeptSumsContract;
import dev.claudometer.store.sql.engine.Database;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteKeptSumsTest extends KeptSumsContract {

  @TempDir private Path directory;

  @Override
  protected Database open(String name) {
    return SqliteStore.database(directory.resolve(name), Durability.PROCESS);
  }
}
