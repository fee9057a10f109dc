package dev.claudometer.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How much a member of an organisation may spend in a period, and has spent in the one that runs.
///
/// @param member id
/// @param email empty where it is not told
/// @param period `monthly`, `weekly`, `daily`, or one that is new
/// @param limit null where there is none
/// @param spent as Anthropic tells it, which may be 0 while it cannot read it; null where it does
///   not tell
/// @param currency of the amounts
/// @param source where the limit comes from: `user`, `rbac_group`, `seat_tier`, `organization`, …
/// @param at when it was told
public record SpendLimit(
    String member,
    String name,
    String email,
    String period,
    @Nullable Usd limit,
    @Nullable Usd spent,
    String currency,
    String source,
    Instant at) {}
