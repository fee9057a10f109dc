package dev.claudometer.store.meter;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.ProjectName;

/// Where a meter stands.
///
/// @param device empty where the meter is not split by it, and so the next two
/// @param name of a part, where parts are named; else empty
/// @param part a distribution's bucket, or [Meter#SUM_PART]
/// @param amount the sum
/// @param most the largest sum that was ever stored: it never falls
public record MeterReading(
    Meter meter,
    DeviceId device,
    ProjectName project,
    String model,
    String name,
    long part,
    long amount,
    long most) {}
