package dev.claudometer.store;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.usage.Totals;

/// Sums of one combination of dimensions; a dimension that was not asked for is empty.
///
/// @param device id of the machine, empty for the one that the store is on
public record Slice(
    String model,
    ProjectName project,
    SessionId session,
    String branch,
    DeviceId device,
    Totals totals) {}
