package dev.claudometer.store.sql.quota;

import dev.claudometer.model.CreditReading;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.LimitStretch;
import dev.claudometer.model.QuotaReadings;
import dev.claudometer.store.poll.Poll;
import dev.claudometer.store.poll.Readings;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.Ledger;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.engine.PollTable;
import dev.claudometer.usage.TrueLimits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Readings of quotas in a database.
public final class SqlReadings implements Readings {

  private final Database database;
  private final NameTable names;
  private final LimitTable limits;
  private final CreditTable credits;
  private final PollTable polls;
  private final Ledger ledger;

  public SqlReadings(Database database) {
    this.database = database;
    names = new NameTable(database);
    ledger = new Ledger(database);
    limits = new LimitTable(database, names, ledger);
    credits = new CreditTable(database, names);
    polls = new PollTable(database);
  }

  @Override
  public void add(DeviceId device, QuotaReadings readings, Poll poll) {
    database.transaction(
        () -> {
          ledger.open();
          for (LimitReading reading : readings.limits()) {
            limits.add(reading, device);
          }
          for (CreditReading reading : readings.credits()) {
            credits.add(reading, device);
          }
          ledger.close();
          polls.put(poll);
          return poll;
        },
        names::forget);
  }

  @Override
  public List<LimitReading> limits(DeviceId device) {
    return limits.latest(device);
  }

  @Override
  public List<LimitStretch> running(DeviceId device, String window) {
    return TrueLimits.of(limits.stretches(device, window));
  }

  @Override
  public Map<DeviceId, Map<String, List<LimitStretch>>> running() {
    Map<DeviceId, Map<String, List<LimitStretch>>> running = limits.stretches();
    running.values().forEach(windows -> windows.replaceAll((_, told) -> TrueLimits.of(told)));
    return running;
  }

  @Override
  public List<LimitStretch> history(DeviceId device, String window, Instant from) {
    return limits.history(device, window, from);
  }

  @Override
  public List<CreditReading> credits(DeviceId device) {
    return credits.latest(device);
  }

  @Override
  public Map<DeviceId, QuotaReadings> latest() {
    Map<DeviceId, List<LimitReading>> windows = limits.latest();
    Map<DeviceId, List<CreditReading>> accounts = credits.latest();
    var all = new TreeMap<DeviceId, QuotaReadings>();
    Stream.of(windows, accounts)
        .flatMap(told -> told.keySet().stream())
        .forEach(
            device ->
                all.put(
                    device,
                    new QuotaReadings(
                        windows.getOrDefault(device, List.of()),
                        accounts.getOrDefault(device, List.of()))));
    return all;
  }

  @Override
  public Poll poll(String source) {
    return polls.of(source);
  }

  @Override
  public void keep(Poll poll) {
    polls.keep(poll);
  }
}
