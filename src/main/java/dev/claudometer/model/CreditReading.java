package dev.claudometer.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How much of some money was used.
///
/// @param account `claude.extra_usage`, `openrouter`
/// @param limit what there is in all; null where there is no limit, or none that is told
/// @param origin which source said it
public record CreditReading(
    String account, @Nullable Usd limit, Usd used, Instant at, String origin) {}
