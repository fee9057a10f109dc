package dev.claudometer.store.sqlite;

import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.PartContract;
import dev.claudometer.store.UsageStore;
import java.nio.file.Path;

class SqlitePartTest extends PartContract {

  @Override
  protected UsageStore open(Path place, PriceBook prices) {
    return SqliteStore.open(place, () -> prices);
  }
}
