package dev.claudometer.app.server;

import dev.claudometer.app.process.HostName;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.model.DeviceId;
import dev.claudometer.store.registry.Device;
import dev.claudometer.store.registry.Registry;
import dev.claudometer.store.registry.Registry.Deed;
import java.time.Instant;

/// The machine that a server runs on is a device like others.
final class ThisMachine {

  private ThisMachine() {}

  /// The device, known by its host name from start to start; enrolled the first time.
  static Device in(Registry registry, Surroundings surroundings) {
    String hostname = HostName.of(surroundings);
    String setting = "localDevice." + hostname;
    Instant now = surroundings.clock().instant();
    String known = registry.settings().get(setting);
    Device device = known == null ? null : registry.devices().find(new DeviceId(known));
    return device != null
        ? device
        : registry.change(
            new Deed("console", "", "device.enrol", hostname, "this machine", now),
            () -> {
              Device added = registry.devices().add(hostname, hostname, "", now);
              registry.setting(setting, added.id().text());
              return added;
            });
  }
}
