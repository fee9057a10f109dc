package dev.claudometer.store.meter;

import dev.claudometer.model.DeviceId;
import java.time.Instant;
import java.util.Set;

/// What a device has of a session that had a response lately.
///
/// @param first when its first response came
public record ActiveSession(
    String session,
    DeviceId device,
    String project,
    Instant first,
    Instant last,
    Set<String> models) {

  public ActiveSession {
    models = Set.copyOf(models);
  }
}
