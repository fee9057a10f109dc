package dev.claudometer.store.sqlite;

import dev.claudometer.store.poll.ReadingsContract;
import dev.claudometer.store.sql.engine.Database;
import java.nio.file.Path;

class SqliteReadingsTest extends ReadingsContract {

  @Override
  protected Database open(Path place) {
    return SqliteStore.database(place, Durability.POWER_CUT);
  }
}
