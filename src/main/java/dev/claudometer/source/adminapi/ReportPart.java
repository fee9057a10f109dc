package dev.claudometer.source.adminapi;

import dev.claudometer.model.BilledBucket;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of a report: whole buckets.
///
/// @param until all before it has been told
/// @param mark what the next question names, while the service remembers it; null where the next
///   one begins anew at `until`
/// @param more false where this was the last part
public record ReportPart(
    List<BilledBucket> buckets, Instant until, @Nullable Mark mark, boolean more) {}
