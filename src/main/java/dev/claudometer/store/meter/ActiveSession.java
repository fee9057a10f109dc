package dev.claudometer.store.meter;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import java.time.Instant;
import java.util.Set;

/// What a device has of a session that had a response lately.
///
/// @param first when its first response came
public record ActiveSession(
    SessionId session,
    DeviceId device,
    ProjectName project,
    Instant first,
    Instant last,
    Set<String> models) {

  public ActiveSession {
    models = Set.copyOf(models);
  }
}
