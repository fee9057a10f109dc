package dev.claudometer.export.fleet;

import static dev.claudometer.report.KnownMachines.online;

import dev.claudometer.export.scrape.Collector;
import dev.claudometer.export.scrape.DeviceNames;
import dev.claudometer.export.scrape.Gathering;
import dev.claudometer.metric.Fleet;
import dev.claudometer.metric.Own;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.store.registry.Device;
import java.time.Duration;
import java.time.Instant;

/// Which machines there are, and which are there.
final class Machines implements Collector {

  private final DeviceNames names;

  Machines(DeviceNames names) {
    this.names = names;
  }

  @Override
  public String source() {
    return "devices";
  }

  /// Runs before the others, which use the names.
  @Override
  public void collect(Gathering into, Instant now) {
    names.refresh();
    for (Device device : names.all()) {
      String name = device.name();
      Instant seen = device.lastSeen();
      boolean online = online(device, now);
      into.add(Fleet.DEVICE_ONLINE, Exact.of(online ? 1 : 0), name, device.hostname());
      into.add(Fleet.DEVICE_UPTIME_SECONDS, seconds(device.enrolledAt(), now), name);
      if (seen != null) {
        into.add(
            Fleet.DEVICE_LAST_SEEN_TIMESTAMP,
            new Exact(seen.toEpochMilli(), 3),
            name,
            device.hostname());
        into.add(Own.SYNC_AGE_SECONDS, seconds(seen, now), name);
      }
    }
  }

  private static Exact seconds(Instant from, Instant to) {
    return new Exact(Math.max(0, Duration.between(from, to).toMillis()), 3);
  }
}
