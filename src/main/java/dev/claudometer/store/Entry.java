package dev.claudometer.store;

import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.usage.Totals;
import java.time.Instant;

/// One counted response, or a part of one.
///
/// @param totals the sums of this alone
public record Entry(
    Instant at, SessionId session, ProjectName project, String model, Totals totals) {}
