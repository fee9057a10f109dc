package dev.claudometer.store.meter;

import java.time.Instant;
import java.util.Set;

/// What a device has of a session that had a response lately.
///
/// @param first when its first response came
public record ActiveSession(
    String session,
    String device,
    String project,
    Instant first,
    Instant last,
    Set<String> models) {

  public ActiveSession {
    models = Set.copyOf(models);
  }
}
