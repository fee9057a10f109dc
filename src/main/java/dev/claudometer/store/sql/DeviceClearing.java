package dev.claudometer.store.sql;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.SessionId;
import dev.claudometer.store.meter.Meter;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.Ledger;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.engine.SumColumns;
import dev.claudometer.store.sql.engine.SumRevisions;
import dev.claudometer.store.sql.event.EventRow;
import dev.claudometer.store.sql.event.EventTable;
import dev.claudometer.store.sql.sum.Rollups;
import dev.claudometer.usage.Replays;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/// Deletes the usage of one device: what it was attributed, its sums, and what else it told. What
/// had given way to that counts again. Used within a transaction.
final class DeviceClearing {

  private static final List<String> TABLES =
      List.of(
          "event_copy",
          "call",
          "rollup",
          "rollup_day",
          "rollup_session",
          "session_part",
          "transcript",
          "activity",
          "session_total",
          "limit_stretch",
          "limit_latest",
          "credit_reading");

  /// How far files have been read stays, so that nothing comes back by itself.
  private static final String OF_FILES =
      List.of(Meter.FILES, Meter.READ_BYTES, Meter.DAMAGED_LINES).stream()
          .map(meter -> Integer.toString(meter.code()))
          .collect(Collectors.joining(", "));

  private static final String TAKE_OUT =
      SumColumns.NAMES.stream()
          .map(column -> column + " = rollup_time." + column + " - gone." + column)
          .collect(
              Collectors.joining(
                  ", ",
                  "UPDATE rollup_time SET ",
                  " FROM (SELECT quarter, "
                      + SumColumns.NAMES.stream()
                          .map(column -> "SUM(" + column + ") AS " + column)
                          .collect(Collectors.joining(", "))
                      + " FROM rollup WHERE device = ? GROUP BY quarter) AS gone"
                      + " WHERE gone.quarter = rollup_time.quarter"));

  private static final String COUNT = "SELECT COUNT(*) FROM event WHERE device = ?";

  private static final String SHARED =
      "WHERE device <> ? AND message IN (SELECT message FROM event WHERE device = ?)"
          + " ORDER BY message, request, part";

  private final Database database;
  private final NameTable names;
  private final EventTable events;
  private final Rollups rollups;
  private final GivingWay givingWay;
  private final Ledger ledger;

  DeviceClearing(
      Database database,
      NameTable names,
      EventTable events,
      Rollups rollups,
      GivingWay givingWay,
      Ledger ledger) {
    this.database = database;
    this.names = names;
    this.events = events;
    this.rollups = rollups;
    this.givingWay = givingWay;
    this.ledger = ledger;
  }

  /// Deletes it.
  ///
  /// @return how many responses and parts of them
  long run(DeviceId machine) throws SQLException {
    long device = names.id(machine);
    List<EventRow> shared =
        database.query(EventTable.SELECT + SHARED, events::read, device, device);
    List<SessionId> sessions =
        database.query(
            "SELECT session FROM transcript WHERE device = ?",
            row -> names.session(row.getLong(1)),
            device);
    new SumRevisions(database, ledger).ofDevice(device);
    database.update(TAKE_OUT, device);
    database.update("DELETE FROM rollup_time WHERE responses = 0 AND parts = 0");
    database.update(
        "DELETE FROM session_total_model WHERE EXISTS (SELECT 1 FROM session_total AS total"
            + " WHERE total.session = session_total_model.session"
            + " AND total.file_byte = session_total_model.file_byte AND total.device = ?)",
        device);
    long deleted = database.query(COUNT, row -> row.getLong(1), device).getFirst();
    database.update(
        "DELETE FROM event_row WHERE context IN (SELECT id FROM context WHERE device = ?)", device);
    for (String table : TABLES) {
      database.update("DELETE FROM " + table + " WHERE device = ?", device);
    }
    database.update(
        "UPDATE meter SET amount = 0, most = 0, revision = ? WHERE device = ? AND meter NOT IN ("
            + OF_FILES
            + ")",
        ledger.next(),
        device);
    countAgain(shared);
    givingWay.settleSessions(sessions);
    return deleted;
  }

  /// Where a replay's original is gone, the replay is what is known of the response.
  private void countAgain(List<EventRow> shared) throws SQLException {
    var messages = shared.stream().collect(Collectors.groupingBy(row -> row.id().first())).values();
    GivingWay.Judge judge = givingWay.new Judge();
    for (List<EventRow> message : messages) {
      var counted = Replays.counted(message.stream().map(EventRow::event).toList());
      for (EventRow row : message) {
        boolean counts = counted.contains(row.event()) && !judge.givesWay(row.event());
        if (counts != row.counted()) {
          rollups.replace(row, row.counted(counts));
          events.write(row.counted(counts), ledger.next());
        }
      }
    }
    rollups.flush();
  }
}
