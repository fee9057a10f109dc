package dev.claudometer.store;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import org.jspecify.annotations.Nullable;

/// A response as it rests, or a part of one.
///
/// @param model what reports call its model
/// @param device id of the machine whose copy attributes it, empty for the one that the store is on
/// @param booked its cost when it was stored; null while its model has no price
/// @param contract its cost by contract; null where there was none
/// @param today its cost at today's price book, where that differs
/// @param counted false for a replay of another event of the same message
public record StoredEvent(
    UsageEvent event,
    String model,
    DeviceId device,
    @Nullable Usd booked,
    @Nullable Usd contract,
    @Nullable Usd today,
    boolean counted) {}
