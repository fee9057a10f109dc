package dev.claudometer.store;

import dev.claudometer.model.SessionId;
import dev.claudometer.model.Usage;
import dev.claudometer.model.Usd;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a counted response, or a part of one, is priced by: [StoredEvent] without where it was
/// read.
///
/// @param message id
/// @param model what reports call its model
/// @param booked its cost when it was stored; null while its model has no price
public record PricedUse(
    Instant at,
    String message,
    SessionId session,
    String model,
    Usage usage,
    @Nullable Usd booked) {}
