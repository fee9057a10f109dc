package dev.claudometer.store.registry;

import dev.claudometer.model.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The machines. Changes happen within [Registry#change].
public interface Devices {

  /// Adds a machine with an id of its own; later ones have greater ids.
  Device add(String name, String hostname, String owner, Instant at);

  @Nullable Device find(DeviceId id);

  /// By name.
  List<Device> list();

  /// Writes the name, the host's name, the owner and whether it is revoked.
  void update(Device device);

  /// Notes when each has reported last, by id.
  void seen(Map<DeviceId, Sighting> sightings);

  /// A report.
  ///
  /// @param agent the program, and its version
  /// @param clockAhead how far the machine's clock was ahead of ours; null where it did not say
  record Sighting(Instant at, String agent, @Nullable Duration clockAhead) {}
}
