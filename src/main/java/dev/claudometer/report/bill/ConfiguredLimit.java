package dev.claudometer.report.bill;

import dev.claudometer.model.SpendCap;
import dev.claudometer.model.Usd;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A spend limit as it is configured.
///
/// @param scope `organization`, `seat_tier`, `rbac_group`, `organization_service`, `user`,
///   `workspace`, `usage_tier`, …
/// @param of the id or name of whom it holds for; empty for the whole organisation
/// @param name what people call that, where it is known; else the same
/// @param limitCost null where no amount is configured
/// @param currency of the amount, mostly `USD`
/// @param enabled false where it is switched off
public record ConfiguredLimit(
    String id,
    String scope,
    String of,
    String name,
    String period,
    @Nullable Usd limitCost,
    String currency,
    boolean enabled,
    Instant at) {

  static ConfiguredLimit of(SpendCap told, String name) {
    return new ConfiguredLimit(
        told.id(),
        told.scope(),
        told.of(),
        name,
        told.period(),
        told.limit(),
        told.currency(),
        told.enabled(),
        told.at());
  }
}
