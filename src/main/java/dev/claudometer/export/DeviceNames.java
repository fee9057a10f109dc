package dev.claudometer.export;

import dev.claudometer.store.registry.Device;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// The devices, and the names that they have in labels. Used by one scrape at a time.
final class DeviceNames {

  private final Supplier<? extends Collection<Device>> devices;
  private Map<String, Device> known = Map.of();

  DeviceNames(Supplier<? extends Collection<Device>> devices) {
    this.devices = devices;
  }

  void refresh() {
    var now = new LinkedHashMap<String, Device>();
    devices.get().forEach(device -> now.put(device.id(), device));
    known = now;
  }

  /// A device's name; its id where it is not known.
  String of(String id) {
    Device device = known.get(id);
    return device == null ? id : device.name();
  }

  Collection<Device> all() {
    return known.values();
  }
}
