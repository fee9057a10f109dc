package dev.claudometer.store.sqlite;

import dev.claudometer.store.MissingTableContract;
import dev.claudometer.store.sql.engine.Database;
import java.nio.file.Path;

class SqliteMissingTableTest extends MissingTableContract {

  @Override
  protected Database open(Path place) {
    return SqliteStore.database(place, Durability.PROCESS);
  }
}
