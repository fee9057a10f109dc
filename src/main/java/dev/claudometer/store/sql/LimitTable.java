package dev.claudometer.store.sql;

import dev.claudometer.model.LimitReading;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Readings of plan windows, when they changed; and when the last one was seen again.
final class LimitTable {

  private static final String LATEST =
      """
      SELECT name, utilization, resets_at, at, origin, COALESCE(seen_at, at)
      FROM limit_reading AS reading
      WHERE device = ? AND at = (SELECT MAX(at) FROM limit_reading AS other
        WHERE other.device = reading.device AND other.name = reading.name)
      ORDER BY name""";

  private static final String HISTORY =
      """
      SELECT name, utilization, resets_at, at, origin, COALESCE(seen_at, at)
      FROM limit_reading
      WHERE device = ? AND name = ? AND COALESCE(seen_at, at) >= ? ORDER BY at""";

  /// A status line tells the same several times a second.
  private static final Duration SEEN_AT_ONCE = Duration.ofMinutes(1);

  private final Database database;
  private final NameTable names;

  LimitTable(Database database, NameTable names) {
    this.database = database;
    this.names = names;
  }

  /// A value from when to when.
  private record Stretch(LimitReading first, Instant seen) {

    LimitReading last() {
      return new LimitReading(
          first.window(), first.utilization(), first.resetsAt(), seen, first.origin());
    }
  }

  void add(LimitReading reading, String device) throws SQLException {
    Stretch last =
        stretches(LATEST, names.find(device)).stream()
            .filter(stretch -> same(stretch.first(), reading))
            .findFirst()
            .orElse(null);
    if (last == null) {
      insert(reading, device);
    } else if (!reading.at().isBefore(last.seen().plus(SEEN_AT_ONCE))) {
      database.update(
          "UPDATE limit_reading SET seen_at = ? WHERE device = ? AND name = ? AND at = ?",
          reading.at().toEpochMilli(),
          names.id(device),
          reading.window(),
          last.first().at().toEpochMilli());
    }
  }

  private void insert(LimitReading reading, String device) throws SQLException {
    Instant resetsAt = reading.resetsAt();
    database.update(
        """
        INSERT INTO limit_reading (device, name, utilization, resets_at, at, origin)
        VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (device, name, at) DO UPDATE SET utilization = excluded.utilization,
          resets_at = excluded.resets_at, origin = excluded.origin""",
        names.id(device),
        reading.window(),
        reading.utilization(),
        resetsAt == null ? null : resetsAt.toEpochMilli(),
        reading.at().toEpochMilli(),
        reading.origin());
  }

  List<LimitReading> latest(String device) {
    return stretches(LATEST, names.find(device)).stream().map(Stretch::last).toList();
  }

  List<LimitReading> history(String device, String window, Instant from) {
    List<LimitReading> history = new ArrayList<>();
    for (Stretch stretch : stretches(HISTORY, names.find(device), window, from.toEpochMilli())) {
      history.add(stretch.first());
      if (stretch.seen().isAfter(stretch.first().at())) {
        history.add(stretch.last());
      }
    }
    return history;
  }

  private List<Stretch> stretches(String sql, Object... parameters) {
    return database.query(sql, LimitTable::read, parameters);
  }

  private static Stretch read(ResultSet row) throws SQLException {
    var first =
        new LimitReading(
            row.getString(1),
            row.getDouble(2),
            instant(row, 3),
            Instant.ofEpochMilli(row.getLong(4)),
            row.getString(5));
    return new Stretch(first, Instant.ofEpochMilli(row.getLong(6)));
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
