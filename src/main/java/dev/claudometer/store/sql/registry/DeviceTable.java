package dev.claudometer.store.sql.registry;

import dev.claudometer.model.DeviceId;
import dev.claudometer.store.registry.Device;
import dev.claudometer.store.registry.Devices;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.Ids;
import dev.claudometer.store.sql.engine.NullableColumns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The machines.
final class DeviceTable implements Devices {

  private static final String SELECT =
      "SELECT id, name, hostname, owner, enrolled_at, last_seen, agent, revoked,"
          + " ahead_millis FROM device ";

  private final Database database;
  private final Ids ids;

  DeviceTable(Database database, Ids ids) {
    this.database = database;
    this.ids = ids;
  }

  @Override
  public Device add(String name, String hostname, String owner, Instant at) {
    var device =
        new Device(
            new DeviceId(ids.next("d_", at)), name, hostname, owner, at, null, "", false, null);
    database.write(
        """
        INSERT INTO device (id, name, hostname, owner, enrolled_at, agent, revoked)
        VALUES (?, ?, ?, ?, ?, ?, ?)\
        """,
        device.id().text(),
        name,
        hostname,
        owner,
        at.toEpochMilli(),
        "",
        0);
    return device;
  }

  @Override
  public @Nullable Device find(DeviceId id) {
    return database.query(SELECT + "WHERE id = ?", DeviceTable::read, id.text()).stream()
        .findFirst()
        .orElse(null);
  }

  @Override
  public List<Device> list() {
    return database.query(SELECT + "ORDER BY name, id", DeviceTable::read);
  }

  @Override
  public void update(Device device) {
    database.write(
        "UPDATE device SET name = ?, hostname = ?, owner = ?, revoked = ? WHERE id = ?",
        device.name(),
        device.hostname(),
        device.owner(),
        device.revoked() ? 1 : 0,
        device.id().text());
  }

  @Override
  public void seen(Map<DeviceId, Sighting> sightings) {
    database.transaction(
        () -> {
          for (var sighting : sightings.entrySet()) {
            database.update(
                """
                UPDATE device SET last_seen = ?, agent = ?,
                  ahead_millis = COALESCE(?, ahead_millis) WHERE id = ?\
                """,
                sighting.getValue().at().toEpochMilli(),
                sighting.getValue().agent(),
                millis(sighting.getValue().clockAhead()),
                sighting.getKey().text());
          }
          return sightings;
        });
  }

  private static @Nullable Long millis(@Nullable Duration length) {
    return length == null ? null : length.toMillis();
  }

  private static @Nullable Duration duration(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Duration.ofMillis(millis);
  }

  private static Device read(ResultSet row) throws SQLException {
    return new Device(
        new DeviceId(row.getString(1)),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        Instant.ofEpochMilli(row.getLong(5)),
        NullableColumns.instant(row, 6),
        row.getString(7),
        row.getLong(8) == 1,
        duration(row, 9));
  }
}
