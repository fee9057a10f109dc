package dev.claudometer.store;

import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.usage.Totals;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One counted response, or a part of one.
///
/// @param told where only telemetry knows of it: what it was for, which may be empty; else null
/// @param totals the sums of this alone
public record Entry(
    Instant at,
    SessionId session,
    ProjectName project,
    String model,
    @Nullable String told,
    Totals totals) {}
