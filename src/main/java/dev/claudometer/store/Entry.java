package dev.claudometer.store;

import dev.claudometer.usage.Totals;
import java.time.Instant;

/// One counted response.
///
/// @param totals the sums of this response alone
public record Entry(Instant at, String session, String project, String model, Totals totals) {}
