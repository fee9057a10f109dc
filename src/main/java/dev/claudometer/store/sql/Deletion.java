package dev.claudometer.store.sql;

import dev.claudometer.model.DeviceId;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.Ledger;
import dev.claudometer.store.sql.event.ForgottenTable;
import java.time.Instant;

/// Deletes what is stored: old responses, everything, or what one device told. Each step is a
/// transaction.
record Deletion(
    Database database,
    Writing writing,
    Ledger ledger,
    ForgottenTable forgotten,
    DeviceClearing devices) {

  private static final int ROWS_AT_ONCE = 5_000;

  long forget(Instant before) {
    long all = 0;
    long some;
    do {
      some =
          writing.run(
              () -> {
                ledger.horizon(before);
                return forgotten.forget(before, ROWS_AT_ONCE);
              });
      all += some;
    } while (some > 0);
    return all;
  }

  void all() {
    writing.run(() -> new Clearing(database, ledger).run());
  }

  long ofDevice(DeviceId device) {
    return writing.run(() -> devices.run(device));
  }
}
