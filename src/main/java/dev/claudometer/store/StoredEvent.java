package dev.claudometer.store;

import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import org.jspecify.annotations.Nullable;

/// An event as it rests.
///
/// @param booked its cost when it was stored; null while its model has no price
/// @param today its cost at today's price book, where that differs
/// @param counted false for a replay of another event of the same message
public record StoredEvent(
    UsageEvent event, @Nullable Usd booked, @Nullable Usd today, boolean counted) {}
