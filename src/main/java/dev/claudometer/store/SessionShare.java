package dev.claudometer.store;

import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.usage.Totals;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a session used in a project by a model, or a part of it: there may be several of each.
///
/// @param first an instant at which the session was used; the earliest one of its shares is when
///   its first response came. Null where its responses are no longer kept
/// @param last the same for its last response
public record SessionShare(
    SessionId session,
    ProjectName project,
    String model,
    @Nullable Instant first,
    @Nullable Instant last,
    Totals totals) {}
