package dev.claudometer.store.sql;

import dev.claudometer.model.LimitReading;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Readings of plan windows.
final class LimitTable {

  private static final String LATEST =
      "SELECT name, utilization, resets_at, at, origin, device FROM limit_latest";

  private final Database database;
  private final NameTable names;

  LimitTable(Database database, NameTable names) {
    this.database = database;
    this.names = names;
  }

  void add(LimitReading reading, String device) throws SQLException {
    boolean known = latest(device).stream().anyMatch(last -> same(last, reading));
    if (!known) {
      put("limit_reading", "device, name, at", "", reading, device);
      put("limit_latest", "device, name", "WHERE excluded.at >= limit_latest.at", reading, device);
    }
  }

  private void put(String table, String key, String condition, LimitReading reading, String device)
      throws SQLException {
    Instant resetsAt = reading.resetsAt();
    database.update(
        "INSERT INTO "
            + table
            + " (device, name, utilization, resets_at, at, origin) VALUES (?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT ("
            + key
            + ") DO UPDATE SET at = excluded.at, utilization = excluded.utilization,"
            + " resets_at = excluded.resets_at, origin = excluded.origin "
            + condition,
        names.id(device),
        reading.window(),
        reading.utilization(),
        resetsAt == null ? null : resetsAt.toEpochMilli(),
        reading.at().toEpochMilli(),
        reading.origin());
  }

  /// The last reading of each window, by device.
  Map<String, List<LimitReading>> latest() {
    var latest = new TreeMap<String, List<LimitReading>>();
    database.query(
        LATEST + " ORDER BY name",
        row ->
            latest
                .computeIfAbsent(names.text(row.getLong(6)), _ -> new ArrayList<>())
                .add(read(row)));
    return latest;
  }

  List<LimitReading> latest(String device) {
    return database.query(
        LATEST + " WHERE device = ? ORDER BY name", LimitTable::read, names.find(device));
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
