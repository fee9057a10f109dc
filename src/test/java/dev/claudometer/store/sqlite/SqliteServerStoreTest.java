package dev.claudometer.store.sqlite;

import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.FleetContract;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.sql.SqlStore;
import java.nio.file.Path;

/// A server's store, which remembers sums.
class SqliteServerStoreTest extends FleetContract {

  @Override
  protected UsageStore open(Path place, PriceBook prices) {
    return SqlStore.keepingSums(
        SqliteStore.database(place, Durability.PROCESS), () -> prices, 1 << 20);
  }
}
