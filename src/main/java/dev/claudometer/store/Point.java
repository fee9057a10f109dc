package dev.claudometer.store;

import java.time.Instant;

/// Sums of one step of time.
///
/// @param at when the step begins
public record Point(Instant at, Slice slice) {}
