package dev.claudometer.app.server;

import dev.claudometer.app.process.HostName;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.model.DeviceId;
import dev.claudometer.store.registry.Device;
import dev.claudometer.store.registry.Registry;
import dev.claudometer.store.registry.Registry.Deed;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The machine that a server runs on is a device like others: one for each database, whatever the
/// machine is called. A container has another host name each time that it is made.
///
/// @param name what people call it; null: its host name, or what it was called since
record ThisMachine(Registry registry, Surroundings surroundings, @Nullable String name) {

  private static final String SETTING = "localDevice";

  /// The device, the same from start to start; enrolled the first time.
  Device device() {
    Device known = known();
    if (known == null) {
      return enrolled();
    }
    return name == null || name.equals(known.name()) ? known : renamed(known, name);
  }

  /// Databases of an early version know it by host names, the servers of one each by its own.
  private @Nullable Device known() {
    Map<String, String> settings = registry.settings();
    String early = SETTING + ".";
    return Stream.concat(
            Stream.of(
                settings.getOrDefault(early + HostName.of(surroundings), ""),
                settings.getOrDefault(SETTING, "")),
            settings.entrySet().stream()
                .filter(setting -> setting.getKey().startsWith(early))
                .map(Map.Entry::getValue)
                .sorted())
        .map(id -> registry.devices().find(new DeviceId(id)))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private Device enrolled() {
    String hostname = HostName.of(surroundings);
    String called = name == null ? hostname : name;
    return change(
        "device.enrol",
        called,
        "this machine",
        now -> {
          Device added = registry.devices().add(called, hostname, "", now);
          registry.setting(SETTING, added.id().text());
          return added;
        });
  }

  private Device renamed(Device device, String wanted) {
    return change(
        "device.change",
        device.id().text(),
        "this machine is called " + wanted,
        _ -> {
          Device renamed =
              new Device(
                  device.id(),
                  wanted,
                  device.hostname(),
                  device.owner(),
                  device.enrolledAt(),
                  device.lastSeen(),
                  device.agent(),
                  device.revoked(),
                  device.clockAhead());
          registry.devices().update(renamed);
          return renamed;
        });
  }

  private interface Work {
    Device at(Instant now);
  }

  private Device change(String action, String subject, String detail, Work work) {
    Instant now = surroundings.clock().instant();
    return registry.change(
        new Deed("console", "", action, subject, detail, now), () -> work.at(now));
  }
}
