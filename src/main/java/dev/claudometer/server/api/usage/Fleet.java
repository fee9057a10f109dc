package dev.claudometer.server.api.usage;

import dev.claudometer.store.FleetQueries;
import dev.claudometer.store.registry.Device;
import dev.claudometer.store.registry.Devices;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The machines, and how people know them and their projects.
public final class Fleet {

  /// A machine that has been silent for longer is not online.
  private static final Duration ONLINE = Duration.ofMinutes(5);

  private final Devices devices;
  private final FleetQueries store;
  private final Supplier<ZoneId> zone;

  public Fleet(Devices devices, FleetQueries store, Supplier<ZoneId> zone) {
    this.devices = devices;
    this.store = store;
    this.zone = zone;
  }

  /// Names as they are now; made for one answer.
  public record Names(Map<String, Device> devices, Map<String, String> projectPaths) {

    /// The device's name; its id where it is not known.
    public String device(String id) {
      Device device = devices.get(id);
      return device == null ? id : device.name();
    }

    String owner(String id) {
      Device device = devices.get(id);
      return device == null ? "" : device.owner();
    }

    /// The last part of the working directory, else the transcript directory's name.
    String project(String directory) {
      String path = projectPaths.get(directory);
      Path last = path == null ? null : Path.of(path).getFileName();
      return last == null ? directory : last.toString();
    }
  }

  public Names names() {
    return new Names(
        devices.list().stream().collect(Collectors.toMap(Device::id, Function.identity())),
        store.projectPaths());
  }

  ZoneId zone() {
    return zone.get();
  }

  public static boolean online(Device device, Instant now) {
    Instant seen = device.lastSeen();
    return !device.revoked() && seen != null && seen.plus(ONLINE).isAfter(now);
  }

  List<Device> all() {
    return devices.list();
  }
}
