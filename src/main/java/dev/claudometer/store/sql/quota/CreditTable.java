package dev.claudometer.store.sql.quota;

import dev.claudometer.model.CreditReading;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.Usd;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.NameTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Readings of money that is used up.
public final class CreditTable {

  private final Database database;
  private final NameTable names;

  public CreditTable(Database database, NameTable names) {
    this.database = database;
    this.names = names;
  }

  public void add(CreditReading reading, DeviceId device) throws SQLException {
    boolean known =
        latest(device).stream()
            .anyMatch(
                last ->
                    last.account().equals(reading.account())
                        && last.used().equals(reading.used())
                        && Objects.equals(last.limit(), reading.limit())
                        && last.currency().equals(reading.currency()));
    if (known) {
      see(reading, device);
    } else {
      insert(reading, device);
    }
  }

  private void see(CreditReading reading, DeviceId device) throws SQLException {
    long at = reading.at().toEpochMilli();
    database.update(
        """
        UPDATE credit_reading SET seen_at = ? WHERE device = ? AND account = ? AND seen_at < ?
          AND at = (SELECT MAX(at) FROM credit_reading AS other WHERE other.device = ?
            AND other.account = ?)\
        """,
        at,
        names.id(device),
        reading.account(),
        at,
        names.id(device),
        reading.account());
  }

  private void insert(CreditReading reading, DeviceId device) throws SQLException {
    Usd limit = reading.limit();
    long at = reading.at().toEpochMilli();
    database.update(
        """
        INSERT INTO credit_reading (device, account, at, seen_at, credit_limit, used, currency, origin)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (device, account, at) DO UPDATE SET credit_limit = excluded.credit_limit,
          used = excluded.used, currency = excluded.currency, origin = excluded.origin\
        """,
        names.id(device),
        reading.account(),
        at,
        at,
        limit == null ? null : limit.nanos(),
        reading.used().nanos(),
        reading.currency(),
        reading.origin());
  }

  List<CreditReading> latest(DeviceId device) {
    return database.query(
        """
        SELECT account, credit_limit, used, seen_at, origin, currency FROM credit_reading AS reading
        WHERE device = ? AND at = (SELECT MAX(at) FROM credit_reading AS other
          WHERE other.device = reading.device AND other.account = reading.account)
        ORDER BY account\
        """,
        CreditTable::read,
        names.find(device));
  }

  /// By device.
  Map<DeviceId, List<CreditReading>> latest() {
    var latest = new TreeMap<DeviceId, List<CreditReading>>();
    database.query(
        """
        SELECT reading.account, credit_limit, used, seen_at, origin, currency, reading.device
        FROM credit_reading AS reading
        JOIN (SELECT device, account, MAX(at) AS at FROM credit_reading
          GROUP BY device, account) AS last
        ON reading.device = last.device AND reading.account = last.account
          AND reading.at = last.at
        ORDER BY reading.account\
        """,
        row ->
            latest
                .computeIfAbsent(names.device(row.getLong(7)), _ -> new ArrayList<>())
                .add(read(row)));
    return latest;
  }

  private static CreditReading read(ResultSet row) throws SQLException {
    return new CreditReading(
        row.getString(1),
        row.getString(6),
        limit(row),
        new Usd(row.getLong(3)),
        Instant.ofEpochMilli(row.getLong(4)),
        row.getString(5));
  }

  private static @Nullable Usd limit(ResultSet row) throws SQLException {
    long nanos = row.getLong(2);
    return row.wasNull() ? null : new Usd(nanos);
  }
}
