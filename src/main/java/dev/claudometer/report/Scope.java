package dev.claudometer.report;

import dev.claudometer.model.DeviceId;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Where;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Whose usage somebody may see: that of all machines, or of some.
///
/// @param devices their ids; null for all
/// @param teams whether the sums of whole teams are told besides
public record Scope(@Nullable Set<DeviceId> devices, boolean teams) {

  public static final Scope ALL = new Scope(null, true);

  public Scope {
    devices = devices == null ? null : Set.copyOf(devices);
  }

  /// Tells scopes apart.
  public String key() {
    return devices == null
        ? "all"
        : devices.stream().map(DeviceId::text).sorted().collect(Collectors.joining(","));
  }

  public boolean holds(DeviceId device) {
    return devices == null || devices.contains(device);
  }

  /// A question within it: this is how rows are kept from whom they are not for.
  public Where where() {
    return devices == null
        ? Where.ANY
        : Where.ANY.and(
            Dimension.DEVICE, devices.stream().map(DeviceId::text).collect(Collectors.toSet()));
  }
}
