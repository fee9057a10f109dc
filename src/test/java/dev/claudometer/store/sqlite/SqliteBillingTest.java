package dev.claudometer.store.sqlite;

import dev.claudometer.store.bill.BillingContract;
import dev.claudometer.store.sql.engine.Database;
import java.nio.file.Path;

class SqliteBillingTest extends BillingContract {

  @Override
  protected Database open(Path place) {
    return SqliteStore.database(place, Durability.POWER_CUT);
  }
}
