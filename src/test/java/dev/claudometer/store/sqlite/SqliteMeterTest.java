package dev.claudometer.store.sqlite;

import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.meter.MeterContract;
import java.nio.file.Path;

class SqliteMeterTest extends MeterContract {

  @Override
  protected UsageStore open(Path place, PriceBook prices) {
    return SqliteStore.open(place, () -> prices);
  }
}
