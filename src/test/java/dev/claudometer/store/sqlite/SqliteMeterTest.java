package dev.claudometer.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.meter.MeterContract;
import dev.claudometer.store.meter.MeterReading;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteMeterTest extends MeterContract {

  @Override
  protected UsageStore open(Path place, PriceBook prices) {
    return SqliteStore.open(place, () -> prices);
  }

  /// A store of the version before has sums of what it did not meter.
  @Test
  void metersThatAnEarlierVersionDidNotHaveAreMadeFromSums(@TempDir Path directory) {
    Path file = directory.resolve("store.db");
    Map<String, Long> before;
    try (var store = open(file, PriceBook.builtIn())) {
      store.reprice("a");
      batches(new Random(3), 60).forEach(store::append);
      before = amounts(store);
      assertThat(before.keySet()).anyMatch(key -> key.matches("(UNFINALISED|PARTS|THINKING) .*"));
    }
    try (var database = SqliteStore.database(file, Durability.PROCESS)) {
      database.transaction(
          () ->
              database.update("DELETE FROM meter WHERE meter BETWEEN 20 AND 29")
                  + database.update("UPDATE ledger SET metered = 1"));
    }
    try (var store = open(file, PriceBook.builtIn())) {
      store.reprice("a");
      assertThat(amounts(store)).isEqualTo(before);
      assertThat(store.verify()).isEmpty();
    }
  }

  private static Map<String, Long> amounts(UsageStore store) {
    var amounts = new TreeMap<String, Long>();
    for (MeterReading reading : store.meters(-1).readings()) {
      if (reading.amount() != 0) {
        amounts.put(
            String.join(
                " ",
                reading.meter().name(),
                reading.device().text(),
                reading.project().text(),
                reading.model(),
                reading.name(),
                String.valueOf(reading.part())),
            reading.amount());
      }
    }
    return amounts;
  }
}
