package dev.claudometer.store.sql;

import dev.claudometer.store.meter.Meter;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.Ledger;
import dev.claudometer.store.sql.event.ActivityTable;
import dev.claudometer.store.sql.event.EventRow;
import dev.claudometer.store.sql.sum.EventMeters;
import dev.claudometer.store.sql.sum.Queries;
import dev.claudometer.usage.Quantity;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes the meters of a store that was written before there were any, or before there were all:
/// sums from sums, which also tell of events that retention has deleted, and distributions from the
/// events that are left.
final class MeterRebuild {

  /// What a ledger says of a store that has all meters of this program: 0 for none, 1 for those
  /// without [Meter#THINKING] to [Meter#UNDER_CONTRACT].
  static final int ALL = 2;

  private static final int ROWS_AT_ONCE = 5_000;

  private final Database database;
  private final Queries queries;
  private final EventMeters events;
  private final ActivityTable activities;
  private final Ledger ledger;

  MeterRebuild(
      Database database,
      Queries queries,
      EventMeters events,
      ActivityTable activities,
      Ledger ledger) {
    this.database = database;
    this.queries = queries;
    this.events = events;
    this.activities = activities;
    this.ledger = ledger;
  }

  boolean isDue() {
    return database.number("SELECT metered FROM ledger") < ALL;
  }

  /// Used within a transaction.
  void run() throws SQLException {
    if (database.number("SELECT metered FROM ledger") == 0) {
      makeAll();
    } else {
      for (Meter meter : Meter.OF_QUANTITIES) {
        if (database.number("SELECT COUNT(*) FROM meter WHERE meter = " + meter.code()) == 0) {
          fill(meter);
        }
      }
    }
    database.update("UPDATE ledger SET metered = " + ALL);
  }

  private void makeAll() throws SQLException {
    database.update("DELETE FROM meter");
    database.update("DELETE FROM session_part");
    for (Meter meter : Meter.OF_QUANTITIES) {
      fill(meter);
    }
    fill(Meter.FIRST_AT, "device, project, 0", "-MIN(first_at)", "rollup_session");
    fill(Meter.LAST_AT, "device, project, 0", "MAX(last_at)", "rollup_session");
    database.update(
        """
        INSERT INTO session_part (session, device, project, last_at, ended)
        SELECT session, device, MIN(project), MAX(last_at), 0 FROM rollup_session
        GROUP BY session, device\
        """);
    fill(Meter.SESSIONS, "device, project, 0", "COUNT(*)", "session_part");
    fill(Meter.FILES, "device, 0, 0", "COUNT(*)", "file");
    fill(Meter.READ_BYTES, "device, 0, 0", "SUM(read_bytes)", "file");
    fill(Meter.DAMAGED_LINES, "device, 0, 0", "COUNT(*)", "damage");
    activities.meterAll();
    observeEvents();
  }

  private void fill(Meter meter) throws SQLException {
    fill(meter, "device, project, model", "SUM(" + sum(meter) + ")", "rollup_day");
  }

  /// What a meter is the sum of, in columns.
  static String sum(Meter meter) {
    return meter.quantities().stream().map(Quantity::column).collect(Collectors.joining(" + "));
  }

  private void fill(Meter meter, String by, String amount, String from) throws SQLException {
    long revision = ledger.next();
    database.update(
        "INSERT INTO meter (meter, device, project, model, part, amount, most, since, revision)"
            + " SELECT "
            + meter.code()
            + ", "
            + by
            + ", 0, "
            + amount
            + ", "
            + amount
            + ", "
            + revision
            + ", "
            + revision
            + " FROM "
            + from
            + " GROUP BY "
            + by.replace(", 0", "")
            + " HAVING "
            + amount
            + " <> 0");
  }

  private void observeEvents() throws SQLException {
    @Nullable EventRow last = null;
    List<EventRow> rows;
    do {
      rows = queries.rowsAfter(last, ROWS_AT_ONCE);
      for (EventRow row : rows) {
        if (row.counted()) {
          events.observe(row, 1);
        }
        last = row;
      }
    } while (rows.size() == ROWS_AT_ONCE);
    events.flush();
  }
}
