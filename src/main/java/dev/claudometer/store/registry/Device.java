package dev.claudometer.store.registry;

import dev.claudometer.model.DeviceId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A machine that reports its usage.
///
/// @param id stays for ever: series keep it when the name changes
/// @param owner name of the user it belongs to, empty where nobody said
/// @param agent the program that reported last, and its version
/// @param clockAhead of ours, when it reported last; null where it has not said
public record Device(
    DeviceId id,
    String name,
    String hostname,
    String owner,
    Instant enrolledAt,
    @Nullable Instant lastSeen,
    String agent,
    boolean revoked,
    @Nullable Duration clockAhead) {}
