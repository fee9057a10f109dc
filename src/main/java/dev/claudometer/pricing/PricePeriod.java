package dev.claudometer.pricing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a model cost up to a day.
///
/// @param until the first instant (UTC midnight) that it no longer holds for; null while it holds
/// @param fast the tariff of fast mode, null where there is none: fast requests are then billed as
///   others
public record PricePeriod(@Nullable Instant until, Tariff standard, @Nullable Tariff fast) {

  boolean holds(Instant at) {
    return until == null || at.isBefore(until);
  }

  Tariff tariff(boolean fastRequest) {
    return fastRequest && fast != null ? fast : standard;
  }
}
