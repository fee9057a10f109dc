package dev.claudometer.store.sql.quota;

import dev.claudometer.model.LimitReading;
import dev.claudometer.store.sql.engine.Changed;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.Ledger;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.engine.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Readings of plan windows, when they changed; and when the last one was seen again.
public final class LimitTable {

  private static final String COLUMNS =
      "SELECT name, utilization, resets_at, at, origin, COALESCE(seen_at, at), revision"
          + " FROM limit_reading AS reading ";

  private static final String LATEST =
      COLUMNS
          + """
          WHERE device = ? AND at = (SELECT MAX(at) FROM limit_reading AS other
            WHERE other.device = reading.device AND other.name = reading.name)
          ORDER BY name\
          """;

  private static final String HISTORY =
      COLUMNS + "WHERE device = ? AND name = ? AND COALESCE(seen_at, at) >= ? ORDER BY at";

  /// A status line tells the same several times a second.
  private static final Duration SEEN_AT_ONCE = Duration.ofMinutes(1);

  private final Database database;
  private final NameTable names;
  private final Ledger ledger;

  public LimitTable(Database database, NameTable names, Ledger ledger) {
    this.database = database;
    this.names = names;
    this.ledger = ledger;
  }

  /// A value from when to when.
  ///
  /// @param revision of its last change
  private record Stretch(LimitReading first, Instant seen, long revision) {

    LimitReading last() {
      return new LimitReading(
          first.window(), first.utilization(), first.resetsAt(), seen, first.origin());
    }

    /// Another value of a time for which this one is known, before and after: sources differ a
    /// little.
    boolean contradicts(LimitReading other) {
      return other.at().isAfter(first.at()) && other.at().isBefore(seen);
    }

    /// The first reading, and the last one where that is another.
    Stream<LimitReading> ends() {
      return seen.isAfter(first.at()) ? Stream.of(first, last()) : Stream.of(first);
    }
  }

  public void add(LimitReading reading, String device) throws SQLException {
    Stretch last =
        stretches(LATEST, names.find(device)).stream()
            .filter(stretch -> stretch.first().window().equals(reading.window()))
            .findFirst()
            .orElse(null);
    if (last == null || !same(last.first(), reading)) {
      if (last == null || !last.contradicts(reading)) {
        insert(reading, device);
        remember(reading, device);
      }
    } else if (!reading.at().isBefore(last.seen().plus(SEEN_AT_ONCE))) {
      database.update(
          """
          UPDATE limit_reading SET seen_at = ?, revision = ?
          WHERE device = ? AND name = ? AND at = ?\
          """,
          reading.at().toEpochMilli(),
          ledger.next(),
          names.id(device),
          reading.window(),
          last.first().at().toEpochMilli());
      remember(reading, device);
    }
  }

  /// The last reading of a window, where a scrape finds it without looking at the others.
  private void remember(LimitReading reading, String device) throws SQLException {
    Instant resetsAt = reading.resetsAt();
    database.update(
        """
        INSERT INTO limit_latest (device, name, utilization, resets_at, at, origin)
        VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (device, name) DO UPDATE SET at = excluded.at,
          utilization = excluded.utilization, resets_at = excluded.resets_at,
          origin = excluded.origin
        WHERE excluded.at >= limit_latest.at\
        """,
        names.id(device),
        reading.window(),
        reading.utilization(),
        resetsAt == null ? null : resetsAt.toEpochMilli(),
        reading.at().toEpochMilli(),
        reading.origin());
  }

  /// The last reading of each window, by device.
  public Map<String, List<LimitReading>> latest() {
    var latest = new TreeMap<String, List<LimitReading>>();
    database.query(
        """
        SELECT name, utilization, resets_at, at, origin, device FROM limit_latest
        ORDER BY name\
        """,
        row ->
            latest
                .computeIfAbsent(names.text(row.getLong(6)), _ -> new ArrayList<>())
                .add(
                    new LimitReading(
                        row.getString(1),
                        row.getDouble(2),
                        Rows.instant(row, 3),
                        Instant.ofEpochMilli(row.getLong(4)),
                        row.getString(5))));
    return latest;
  }

  private void insert(LimitReading reading, String device) throws SQLException {
    Instant resetsAt = reading.resetsAt();
    database.update(
        """
        INSERT INTO limit_reading (device, name, utilization, resets_at, at, origin, revision)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (device, name, at) DO UPDATE SET utilization = excluded.utilization,
          resets_at = excluded.resets_at, origin = excluded.origin,
          revision = excluded.revision
        WHERE limit_reading.utilization <> excluded.utilization
          OR limit_reading.resets_at IS DISTINCT FROM excluded.resets_at\
        """,
        names.id(device),
        reading.window(),
        reading.utilization(),
        resetsAt == null ? null : resetsAt.toEpochMilli(),
        reading.at().toEpochMilli(),
        reading.origin(),
        ledger.next());
  }

  public List<LimitReading> latest(String device) {
    return stretches(LATEST, names.find(device)).stream().map(Stretch::last).toList();
  }

  List<LimitReading> history(String device, String window, Instant from) {
    return stretches(HISTORY, names.find(device), window, from.toEpochMilli()).stream()
        .flatMap(Stretch::ends)
        .toList();
  }

  /// This machine's readings that were stored or seen again after a revision.
  public List<Changed<LimitReading>> changed(long after, int most) {
    return stretches(
            COLUMNS + "WHERE revision > ? AND device = 0 ORDER BY revision LIMIT " + most, after)
        .stream()
        .flatMap(
            stretch -> stretch.ends().map(reading -> new Changed<>(stretch.revision(), reading)))
        .toList();
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
    return new Stretch(first, Instant.ofEpochMilli(row.getLong(6)), row.getLong(7));
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  private static boolean same(LimitReading last, LimitReading reading) {
    return last.utilization() == reading.utilization()
        && Objects.equals(last.resetsAt(), reading.resetsAt());
  }
}
