package dev.claudometer.store.bill;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledGroup;
import java.time.Instant;

/// What was billed to one group in one step of time.
///
/// @param at when the step begins
/// @param amounts what every bucket of the step knows
public record BilledSum(Instant at, BilledGroup group, BilledAmounts amounts) {}
