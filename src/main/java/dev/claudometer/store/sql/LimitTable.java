package dev.claudometer.store.sql;

import dev.claudometer.model.LimitReading;
import dev.claudometer.store.sql.SqlOutbox.Changed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Readings of plan windows.
final class LimitTable {

  private static final String LATEST =
      """
      SELECT name, utilization, resets_at, at, origin FROM limit_reading AS reading
      WHERE device = ? AND at = (SELECT MAX(at) FROM limit_reading AS other
        WHERE other.device = reading.device AND other.name = reading.name)
      ORDER BY name""";

  private final Database database;
  private final NameTable names;
  private final Ledger ledger;

  LimitTable(Database database, NameTable names, Ledger ledger) {
    this.database = database;
    this.names = names;
    this.ledger = ledger;
  }

  void add(LimitReading reading, String device) throws SQLException {
    boolean known = latest(device).stream().anyMatch(last -> same(last, reading));
    if (!known) {
      Instant resetsAt = reading.resetsAt();
      database.update(
          """
          INSERT INTO limit_reading (device, name, utilization, resets_at, at, origin, revision)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (device, name, at) DO UPDATE SET utilization = excluded.utilization,
            resets_at = excluded.resets_at, origin = excluded.origin,
            revision = excluded.revision""",
          names.id(device),
          reading.window(),
          reading.utilization(),
          resetsAt == null ? null : resetsAt.toEpochMilli(),
          reading.at().toEpochMilli(),
          reading.origin(),
          ledger.next());
    }
  }

  List<LimitReading> latest(String device) {
    return database.query(LATEST, LimitTable::read, names.find(device));
  }

  /// This machine's readings that were stored after a revision.
  List<Changed<LimitReading>> changed(long after, int most) {
    return database.query(
        "SELECT name, utilization, resets_at, at, origin, revision FROM limit_reading"
            + " WHERE revision > ? AND device = 0 ORDER BY revision LIMIT "
            + most,
        row -> new Changed<>(row.getLong(6), read(row)),
        after);
  }

  private static LimitReading read(ResultSet row) throws SQLException {
    return new LimitReading(
        row.getString(1),
        row.getDouble(2),
        instant(row, 3),
        Instant.ofEpochMilli(row.getLong(4)),
        row.getString(5));
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  private static boolean same(LimitReading last, LimitReading reading) {
    return last.window().equals(reading.window())
        && last.utilization() == reading.utilization()
        && Objects.equals(last.resetsAt(), reading.resetsAt());
  }
}
