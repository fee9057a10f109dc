package dev.claudometer.store.sqlite;

import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.SavingsContract;
import dev.claudometer.store.UsageStore;
import java.nio.file.Path;

class SqliteSavingsTest extends SavingsContract {

  @Override
  protected UsageStore open(Path place, PriceBook prices) {
    return SqliteStore.open(place, () -> prices);
  }
}
