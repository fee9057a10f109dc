package dev.claudometer.store.sqlite;

import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.MeterContract;
import dev.claudometer.store.UsageStore;
import java.nio.file.Path;

class SqliteMeterTest extends MeterContract {

  @Override
  protected UsageStore open(Path place, PriceBook prices) {
    return SqliteStore.open(place, () -> prices);
  }
}
