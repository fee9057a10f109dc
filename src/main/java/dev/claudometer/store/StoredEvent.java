package dev.claudometer.store;

import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import org.jspecify.annotations.Nullable;

/// A response as it rests, or a part of one.
///
/// @param device id of the machine whose copy attributes it, empty for the one that the store is on
/// @param booked its cost when it was stored; null while its model has no price
/// @param today its cost at today's price book, where that differs
/// @param counted false for a replay of another event of the same message
public record StoredEvent(
    UsageEvent event, String device, @Nullable Usd booked, @Nullable Usd today, boolean counted) {}
