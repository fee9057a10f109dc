package dev.claudometer.store.sql.registry;

import dev.claudometer.store.registry.Accounts;
import dev.claudometer.store.registry.AuditLog;
import dev.claudometer.store.registry.Credentials;
import dev.claudometer.store.registry.DayNotes;
import dev.claudometer.store.registry.Devices;
import dev.claudometer.store.registry.Registry;
import dev.claudometer.store.registry.Teams;
import dev.claudometer.store.registry.Views;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The registry in a database.
public final class SqlRegistry implements Registry {

  private final Database database;
  private final DeviceTable devices;
  private final CredentialTable credentials;
  private final AccountTable accounts;
  private final TeamTable teams;
  private final ViewTable views;
  private final NoteTable notes;
  private final AuditTable audit;

  public SqlRegistry(Database database) {
    this.database = database;
    var ids = new Ids();
    devices = new DeviceTable(database, ids);
    credentials = new CredentialTable(database);
    accounts = new AccountTable(database, ids);
    teams = new TeamTable(database);
    views = new ViewTable(database, ids);
    notes = new NoteTable(database, ids);
    audit = new AuditTable(database);
  }

  @Override
  public Devices devices() {
    return devices;
  }

  @Override
  public Credentials credentials() {
    return credentials;
  }

  @Override
  public Accounts accounts() {
    return accounts;
  }

  @Override
  public Teams teams() {
    return teams;
  }

  @Override
  public Views views() {
    return views;
  }

  @Override
  public DayNotes notes() {
    return notes;
  }

  @Override
  public <T extends @Nullable Object> T change(Deed deed, Supplier<T> work) {
    return database.transaction(
        () -> {
          T result = work.get();
          audit.add(deed);
          return result;
        });
  }

  @Override
  public AuditLog auditLog() {
    return audit;
  }

  @Override
  public Map<String, String> settings() {
    var settings = new TreeMap<String, String>();
    database.query(
        "SELECT name, value FROM server_setting",
        row -> settings.put(row.getString(1), row.getString(2)) == null);
    return settings;
  }

  @Override
  public void setting(String name, String value) {
    database.write(
        """
        INSERT INTO server_setting (name, value) VALUES (?, ?)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value\
        """,
        name,
        value);
  }

  @Override
  public boolean lease(String job, String holder, Instant at, Duration time) {
    return database.transaction(
        () ->
            database.update(
                    """
                    INSERT INTO lease (job, holder, until) VALUES (?, ?, ?)
                    ON CONFLICT (job) DO UPDATE SET holder = excluded.holder, until = excluded.until
                    WHERE lease.holder = excluded.holder OR lease.until <= ?\
                    """,
                    job,
                    holder,
                    at.plus(time).toEpochMilli(),
                    at.toEpochMilli())
                == 1);
  }
}
