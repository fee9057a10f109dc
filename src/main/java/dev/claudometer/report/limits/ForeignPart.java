package dev.claudometer.report.limits;

import java.time.Instant;

/// What filled a window, when, and is nothing that was counted here.
///
/// @param utilization of the window, of 1
public record ForeignPart(Instant from, Instant until, double utilization) {}
