package dev.claudometer.store.registry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A machine that reports its usage.
public record Device(
    String id,
    String name,
    String hostname,
    String owner,
    Instant enrolledAt,
    @Nullable Instant lastSeen,
    String agentVersion,
    boolean revoked) {}
