package dev.claudometer.store.sqlite;

import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.CallContract;
import dev.claudometer.store.UsageStore;
import java.nio.file.Path;

class SqliteCallTest extends CallContract {

  @Override
  protected UsageStore open(Path place, PriceBook prices) {
    return SqliteStore.open(place, () -> prices);
  }
}
