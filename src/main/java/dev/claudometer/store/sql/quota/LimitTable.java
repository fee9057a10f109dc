package dev.claudometer.store.sql.quota;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.LimitStretch;
import dev.claudometer.model.SessionId;
import dev.claudometer.store.sql.engine.Changed;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.Ledger;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.engine.NullableColumns;
import dev.claudometer.usage.TrueLimits;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What was told of plan windows: each word of each teller once, with when it was first told and
/// when it was last; and what of it is true. Readings can come in any order, and again.
public final class LimitTable {

  private static final String COLUMNS =
      "SELECT stretch.name, utilization, resets_at, at, origin, session, seen_at, revision";

  private static final String STRETCHES = COLUMNS + " FROM limit_stretch AS stretch ";

  private static final String SINCE = STRETCHES + "WHERE device = ? AND name = ? AND seen_at >= ?";

  /// From when on the windows that run, or ran last, were first told of. What was not told since
  /// then says nothing about them.
  private static final String SINCE_THEY_BEGAN =
      """
      WITH ended AS (
        SELECT device, name,
          MAX(CASE WHEN resets_at = 0 THEN seen_at ELSE resets_at END) - %d AS last_at
        FROM limit_stretch%%s GROUP BY device, name),
      began AS (
        SELECT ended.device, ended.name, MIN(at) - %d AS first_at
        FROM ended JOIN limit_stretch AS lately
          ON lately.device = ended.device AND lately.name = ended.name
          AND (resets_at >= last_at OR resets_at = 0 AND seen_at >= last_at)
        GROUP BY ended.device, ended.name)
      %s, stretch.device FROM began JOIN limit_stretch AS stretch
        ON stretch.device = began.device AND stretch.name = began.name AND seen_at >= first_at\
      """
          .formatted(TrueLimits.JITTER.toMillis(), Duration.ofMinutes(1).toMillis(), COLUMNS);

  private static final String OF_ALL = SINCE_THEY_BEGAN.formatted("");
  private static final String OF_ONE = SINCE_THEY_BEGAN.formatted(" WHERE device = ? AND name = ?");

  /// How far before a time what was told is needed to know what was true then: the longest window
  /// that people work in.
  private static final Duration LOOK_BACK = Duration.ofDays(8);

  private final Database database;
  private final NameTable names;
  private final Ledger ledger;

  public LimitTable(Database database, NameTable names, Ledger ledger) {
    this.database = database;
    this.names = names;
    this.ledger = ledger;
  }

  public void add(LimitReading reading, DeviceId device) throws SQLException {
    if (insert(reading, device)) {
      LimitReading truth = TrueLimits.last(stretches(device, reading.window()));
      remember(truth == null ? reading : truth, device);
    }
  }

  /// @return false where nothing has changed. To the minute: a status line tells the same several
  ///   times a second.
  private boolean insert(LimitReading reading, DeviceId device) throws SQLException {
    Instant resetsAt = reading.resetsAt();
    return database.update(
            """
            INSERT INTO limit_stretch
              (device, name, resets_at, utilization, origin, session, at, seen_at, revision)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (device, name, resets_at, utilization, origin, session) DO UPDATE SET
              at = CASE WHEN excluded.at < limit_stretch.at THEN excluded.at
                ELSE limit_stretch.at END,
              seen_at = CASE WHEN excluded.seen_at > limit_stretch.seen_at THEN excluded.seen_at
                ELSE limit_stretch.seen_at END,
              revision = excluded.revision
            WHERE excluded.at < limit_stretch.at OR excluded.seen_at > limit_stretch.seen_at\
            """,
            names.id(device),
            reading.window(),
            resetsAt == null ? 0 : resetsAt.toEpochMilli(),
            reading.utilization(),
            reading.origin(),
            reading.session().text(),
            reading.at().toEpochMilli(),
            reading.at().truncatedTo(ChronoUnit.MINUTES).toEpochMilli(),
            ledger.next())
        > 0;
  }

  /// What is true, where a scrape finds it without looking at the rest.
  private void remember(LimitReading truth, DeviceId device) throws SQLException {
    Instant resetsAt = truth.resetsAt();
    database.update(
        """
        INSERT INTO limit_latest (device, name, utilization, resets_at, at, origin, session)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (device, name) DO UPDATE SET at = excluded.at,
          utilization = excluded.utilization, resets_at = excluded.resets_at,
          origin = excluded.origin, session = excluded.session\
        """,
        names.id(device),
        truth.window(),
        truth.utilization(),
        resetsAt == null ? null : resetsAt.toEpochMilli(),
        truth.at().toEpochMilli(),
        truth.origin(),
        truth.session().text());
  }

  /// What is true of each window, by device.
  public Map<DeviceId, List<LimitReading>> latest() {
    var latest = new TreeMap<DeviceId, List<LimitReading>>();
    database.query(
        """
        SELECT name, utilization, resets_at, at, origin, session, device FROM limit_latest
        ORDER BY name\
        """,
        row ->
            latest
                .computeIfAbsent(names.device(row.getLong(7)), _ -> new ArrayList<>())
                .add(truth(row)));
    return latest;
  }

  public List<LimitReading> latest(DeviceId device) {
    return database.query(
        """
        SELECT name, utilization, resets_at, at, origin, session FROM limit_latest
        WHERE device = ? ORDER BY name\
        """,
        LimitTable::truth,
        names.find(device));
  }

  private static LimitReading truth(ResultSet row) throws SQLException {
    return new LimitReading(
        row.getString(1),
        row.getDouble(2),
        NullableColumns.instant(row, 3),
        Instant.ofEpochMilli(row.getLong(4)),
        row.getString(5),
        new SessionId(row.getString(6)));
  }

  /// All that bears on the window that runs, or ran last.
  public List<LimitStretch> stretches(DeviceId device, String window) {
    return stretches(OF_ONE, names.find(device), window);
  }

  /// The same of all windows, by device and window.
  public Map<DeviceId, Map<String, List<LimitStretch>>> stretches() {
    var stretches = new HashMap<DeviceId, Map<String, List<LimitStretch>>>();
    database.query(
        OF_ALL,
        row ->
            stretches
                .computeIfAbsent(names.device(row.getLong(9)), _ -> new HashMap<>())
                .computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
                .add(read(row)));
    return stretches;
  }

  /// What was told from a time on.
  public List<LimitStretch> since(DeviceId device, String window, Instant from) {
    return stretches(SINCE, names.find(device), window, from.toEpochMilli());
  }

  /// What was true of a window from a time on.
  List<LimitStretch> history(DeviceId device, String window, Instant from) {
    return TrueLimits.of(since(device, window, from.minus(LOOK_BACK))).stream()
        .filter(stretch -> !stretch.last().isBefore(from))
        .toList();
  }

  /// This machine's readings that were stored or seen again after a revision.
  public List<Changed<LimitReading>> changed(long after, int most) {
    return database
        .query(
            STRETCHES + "WHERE revision > ? AND device = 0 ORDER BY revision LIMIT " + most,
            row -> new Changed<>(row.getLong(8), read(row)),
            after)
        .stream()
        .flatMap(
            changed ->
                changed.what().ends().map(reading -> new Changed<>(changed.revision(), reading)))
        .toList();
  }

  private List<LimitStretch> stretches(String sql, Object... parameters) {
    return database.query(sql, LimitTable::read, parameters);
  }

  private static LimitStretch read(ResultSet row) throws SQLException {
    Instant first = Instant.ofEpochMilli(row.getLong(4));
    Instant seen = Instant.ofEpochMilli(row.getLong(7));
    var reading =
        new LimitReading(
            row.getString(1),
            row.getDouble(2),
            resetsAt(row.getLong(3)),
            first,
            row.getString(5),
            new SessionId(row.getString(6)));
    return new LimitStretch(reading, seen.isAfter(first) ? seen : first);
  }

  private static @Nullable Instant resetsAt(long millis) {
    return millis == 0 ? null : Instant.ofEpochMilli(millis);
  }
}
