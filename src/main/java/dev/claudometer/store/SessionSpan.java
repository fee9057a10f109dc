package dev.claudometer.store;

import dev.claudometer.model.SessionId;
import java.time.Instant;

/// When a session's first and last response came.
public record SessionSpan(SessionId session, Instant first, Instant last) {}
