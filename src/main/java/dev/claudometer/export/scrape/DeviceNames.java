package dev.claudometer.export.scrape;

import dev.claudometer.model.DeviceId;
import dev.claudometer.store.registry.Device;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// The devices, and the names that they have in labels. Used by one scrape at a time.
public final class DeviceNames {

  private final Supplier<? extends Collection<Device>> devices;
  private Map<DeviceId, Device> known = Map.of();

  public DeviceNames(Supplier<? extends Collection<Device>> devices) {
    this.devices = devices;
  }

  public void refresh() {
    var now = new LinkedHashMap<DeviceId, Device>();
    devices.get().forEach(device -> now.put(device.id(), device));
    known = now;
  }

  /// A device's name; its id where it is not known.
  public String of(DeviceId id) {
    Device device = known.get(id);
    return device == null ? id.text() : device.name();
  }

  public Collection<Device> all() {
    return known.values();
  }
}
