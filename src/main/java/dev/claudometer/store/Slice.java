package dev.claudometer.store;

import dev.claudometer.usage.Totals;

/// Sums of one combination of dimensions; a dimension that was not asked for is empty.
public record Slice(String model, String project, String session, Totals totals) {}
