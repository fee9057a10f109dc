package dev.claudometer.store.sql.event;

import dev.claudometer.model.ApiCall;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.ProjectName;

/// A call as the table holds it.
///
/// @param device who told of it, empty for this machine
/// @param project that its own event has, empty where it has none or the project is unknown
public record CallRow(ApiCall call, DeviceId device, CallState state, ProjectName project) {

  public CallRow now(CallState nowState, ProjectName nowProject) {
    return new CallRow(call, device, nowState, nowProject);
  }
}
