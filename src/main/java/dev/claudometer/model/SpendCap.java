package dev.claudometer.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A spend limit as it is configured: whom it holds for, and how much that may spend in a period.
///
/// @param id `spl_…`
/// @param scope `organization`, `seat_tier`, `rbac_group`, `organization_service`, `user`,
///   `workspace`, `usage_tier`, or one that is new
/// @param of the id or name of whom it holds for; empty for the whole organisation
/// @param period `monthly`, `weekly`, `daily`, or one that is new
/// @param limit null where no amount is configured
/// @param currency of the amount
/// @param enabled false where it is switched off, and its amount kept
/// @param at when it was told
public record SpendCap(
    String id,
    String scope,
    String of,
    String period,
    @Nullable Usd limit,
    String currency,
    boolean enabled,
    Instant at) {}
