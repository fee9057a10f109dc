package dev.claudometer.store;

import java.time.Instant;

/// When a session's first and last response came.
public record SessionSpan(String session, Instant first, Instant last) {}
