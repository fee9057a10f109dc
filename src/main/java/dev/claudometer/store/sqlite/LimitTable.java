package dev.claudometer.store.sqlite;

import dev.claudometer.model.LimitReading;
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
      WHERE at = (SELECT MAX(at) FROM limit_reading AS other WHERE other.name = reading.name)
      ORDER BY name""";

  private final Database database;

  LimitTable(Database database) {
    this.database = database;
  }

  void add(LimitReading reading) throws SQLException {
    boolean known = latest().stream().anyMatch(last -> same(last, reading));
    if (!known) {
      Instant resetsAt = reading.resetsAt();
      database.update(
          """
          INSERT OR REPLACE INTO limit_reading (name, utilization, resets_at, at, origin)
          VALUES (?, ?, ?, ?, ?)""",
          reading.window(),
          reading.utilization(),
          resetsAt == null ? null : resetsAt.toEpochMilli(),
          reading.at().toEpochMilli(),
          reading.origin());
    }
  }

  List<LimitReading> latest() {
    return database.query(LATEST, LimitTable::read);
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
