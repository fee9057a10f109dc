package dev.claudometer.store.sql;

import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.Ledger;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.event.EventTable;
import dev.claudometer.store.sql.sum.Rollups;

/// Changes of the store: each in one transaction, with a revision of its own.
final class Writing {

  private final Database database;
  private final Ledger ledger;
  private final EventTable events;
  private final Rollups rollups;
  private final NameTable names;

  Writing(Database database, Ledger ledger, EventTable events, Rollups rollups, NameTable names) {
    this.events = events;
    this.database = database;
    this.ledger = ledger;
    this.rollups = rollups;
    this.names = names;
  }

  /// Does the work, or nothing of it.
  <T> T run(Database.Work<T> work) {
    T result = transaction(work);
    ledger.committed();
    return result;
  }

  private <T> T transaction(Database.Work<T> work) {
    return database.transaction(
        () -> {
          boolean done = false;
          try {
            ledger.open();
            events.opened(ledger.asLeft());
            T result = work.run();
            ledger.close();
            done = true;
            return result;
          } finally {
            if (!done) {
              rollups.forget();
            }
          }
        },
        this::undone);
  }

  /// What was remembered of it is not stored.
  private void undone() {
    names.forget();
    events.forget();
  }
}
