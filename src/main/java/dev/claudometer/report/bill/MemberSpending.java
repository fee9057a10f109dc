package dev.claudometer.report.bill;

import dev.claudometer.model.SpendLimit;
import dev.claudometer.model.Usd;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a member of an organisation may spend, and has spent.
///
/// @param limitCost null where there is none
/// @param spentCost in the period that runs; null where it is not told
/// @param leftCost null where there is no limit, or it is not told what was spent; below zero where
///   the limit was passed
/// @param currency of the amounts, mostly `USD`
/// @param source where the limit comes from: `user`, `rbac_group`, `seat_tier`, `organization`, …
public record MemberSpending(
    String member,
    String name,
    String email,
    String period,
    @Nullable Usd limitCost,
    @Nullable Usd spentCost,
    @Nullable Usd leftCost,
    String currency,
    String source,
    Instant at) {

  static MemberSpending of(SpendLimit told) {
    Usd limit = told.limit();
    Usd spent = told.spent();
    return new MemberSpending(
        told.member(),
        told.name(),
        told.email(),
        told.period(),
        limit,
        spent,
        limit == null || spent == null ? null : limit.minus(spent),
        told.currency(),
        told.source(),
        told.at());
  }

  /// Whom people know: the name, else the e-mail address, else the id.
  public String called() {
    return !name.isEmpty() ? name : !email.isEmpty() ? email : member;
  }
}
