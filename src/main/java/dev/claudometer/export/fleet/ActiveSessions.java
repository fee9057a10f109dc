package dev.claudometer.export.fleet;

import dev.claudometer.export.scrape.Collector;
import dev.claudometer.export.scrape.DeviceNames;
import dev.claudometer.export.scrape.Gathering;
import dev.claudometer.metric.Fleet;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.store.meter.ActiveSession;
import dev.claudometer.store.meter.MeterQueries;
import dev.claudometer.store.registry.Device;
import java.time.Duration;
import java.time.Instant;

/// The sessions that are active now.
public final class ActiveSessions implements Collector {

  /// A session that has been silent for longer has ended.
  public static final Duration SILENCE = Duration.ofMinutes(30);

  private static final int MOST = 10_000;

  private final MeterQueries store;
  private final DeviceNames names;

  ActiveSessions(MeterQueries store, DeviceNames names) {
    this.store = store;
    this.names = names;
  }

  @Override
  public String source() {
    return "sessions";
  }

  @Override
  public void collect(Gathering into, Instant now) {
    for (Device device : names.all()) {
      into.add(Fleet.ACTIVE_SESSIONS, Exact.of(0), device.name());
      into.add(Fleet.DEVICE_ACTIVE_SESSION_COUNT, Exact.of(0), device.name());
    }
    for (ActiveSession session : store.activeSessions(now.minus(SILENCE), MOST)) {
      add(into, session);
    }
  }

  private void add(Gathering into, ActiveSession session) {
    String device = names.of(session.device());
    into.add(Fleet.ACTIVE_SESSIONS, Exact.of(1), device);
    into.add(Fleet.DEVICE_ACTIVE_SESSION_COUNT, Exact.of(1), device);
    for (String model : session.models().stream().sorted().toList()) {
      into.add(
          Fleet.SESSION_INFO,
          Exact.of(1),
          device,
          session.session().text(),
          session.project().text(),
          model);
    }
    into.add(
        Fleet.SESSION_START_TIMESTAMP,
        new Exact(session.first().toEpochMilli(), 3),
        device,
        session.session().text(),
        session.project().text());
  }
}
