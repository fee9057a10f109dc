package dev.claudometer.store.quality;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.EventKey;
import java.time.Instant;

/// Two machines that contradict each other about one response: in what was used, or in when it was.
///
/// @param counts the machine whose copy counts
/// @param countedTokens of all classes
/// @param other the machine whose copy does not
/// @param otherTokens what that one told
/// @param otherAt when that one says that it was
public record Dispute(
    EventKey response,
    Instant at,
    DeviceId counts,
    long countedTokens,
    DeviceId other,
    long otherTokens,
    Instant otherAt) {}
