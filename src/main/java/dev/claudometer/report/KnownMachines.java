package dev.claudometer.report;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.ProjectName;
import dev.claudometer.store.FleetQueries;
import dev.claudometer.store.registry.Device;
import dev.claudometer.store.registry.Devices;
import dev.claudometer.store.registry.Teams;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The machines, and how people know them, their owners and their projects.
public final class KnownMachines {

  /// A machine that has been silent for longer is not online.
  private static final Duration ONLINE = Duration.ofMinutes(5);

  private final Supplier<List<Device>> devices;
  private final Supplier<Map<String, String>> teams;
  private final FleetQueries store;

  public KnownMachines(Devices devices, Teams teams, FleetQueries store) {
    this(devices::list, teams::byPerson, store);
  }

  private KnownMachines(
      Supplier<List<Device>> devices, Supplier<Map<String, String>> teams, FleetQueries store) {
    this.devices = devices;
    this.teams = teams;
    this.store = store;
  }

  /// The machine that the store is on, alone.
  public static KnownMachines ofThisMachine(FleetQueries store) {
    return new KnownMachines(List::of, Map::of, store);
  }

  /// Names as they are now; made for one answer.
  ///
  /// @param teams by person
  public record Names(
      Map<DeviceId, Device> devices,
      Map<String, String> teams,
      Map<ProjectName, String> projectPaths) {

    /// The device's name; its id where it is not known.
    public String device(DeviceId id) {
      Device device = devices.get(id);
      return device == null ? id.text() : device.name();
    }

    /// Whose device it is, empty for nobody's.
    public String owner(DeviceId id) {
      Device device = devices.get(id);
      return device == null ? "" : device.owner();
    }

    /// The devices of people: `""` stands for nobody.
    public Set<String> devicesOf(Set<String> owners) {
      return devices.values().stream()
          .filter(device -> owners.contains(device.owner()))
          .map(device -> device.id().text())
          .collect(Collectors.toSet());
    }

    /// The team that a device is in by its owner, empty for none.
    public String team(DeviceId id) {
      return teams.getOrDefault(owner(id), "");
    }

    /// The devices of teams: `""` stands for none.
    public Set<String> devicesOfTeams(Set<String> names) {
      return devices.keySet().stream()
          .filter(device -> names.contains(team(device)))
          .map(DeviceId::text)
          .collect(Collectors.toSet());
    }

    /// The last part of the working directory, else the transcript directory's name.
    public String project(ProjectName directory) {
      String path = projectPaths.get(directory);
      Path last = path == null ? null : Path.of(path).getFileName();
      return last == null ? directory.text() : last.toString();
    }
  }

  /// The same within [AskedOnce].
  public Names names() {
    return AskedOnce.answer(this, this::known);
  }

  private Names known() {
    return new Names(
        all().stream().collect(Collectors.toMap(Device::id, Function.identity())),
        teams.get(),
        store.projectPaths());
  }

  public List<Device> all() {
    return devices.get();
  }

  /// Whether a machine may be expected to send something.
  public static boolean online(Device device, Instant now) {
    Instant seen = device.lastSeen();
    return !device.revoked() && seen != null && seen.plus(ONLINE).isAfter(now);
  }
}
