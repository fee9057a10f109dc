package dev.claudometer.report;

import dev.claudometer.model.Usd;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// What the month that runs will have cost when it is over: what it has cost, and for each day that
/// is left the average of its weekday in the four weeks before today. Today counts as that average,
/// or as what it has cost where that is more.
///
/// @param to where the month ends
/// @param cost null where fewer than 14 days are known
/// @param knownDays of the four weeks before today, those since the first one with a response
public record Forecast(
    Instant from, Instant to, ZoneId timeZone, Usd costSoFar, @Nullable Usd cost, int knownDays) {}
