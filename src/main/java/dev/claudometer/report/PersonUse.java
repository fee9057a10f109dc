package dev.claudometer.report;

import dev.claudometer.usage.Totals;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a person used.
///
/// @param name empty for the devices that nobody owns
/// @param previous what the person used in the period before
/// @param activeDays days of the period with a response
/// @param lastSeen when a device of the person was last heard of, whatever the period
public record PersonUse(
    String name,
    Totals totals,
    Totals previous,
    long sessions,
    long activeDays,
    @Nullable Instant lastSeen,
    List<Named> devices) {}
