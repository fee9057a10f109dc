package dev.claudometer.report.bill;

import dev.claudometer.model.SpendLimit;
import dev.claudometer.model.Usd;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a member of an organisation may spend, and has spent.
///
/// @param limitCost null where there is none
/// @param spentCost in the period that runs
/// @param leftCost null where there is no limit; below zero where it was passed
/// @param source where the limit comes from: `user`, `rbac_group`, `seat_tier`, `organization`, …
public record MemberSpending(
    String member,
    String name,
    String email,
    String period,
    @Nullable Usd limitCost,
    Usd spentCost,
    @Nullable Usd leftCost,
    String source,
    Instant at) {

  static MemberSpending of(SpendLimit told) {
    Usd limit = told.limit();
    return new MemberSpending(
        told.member(),
        told.name(),
        told.email(),
        told.period(),
        limit,
        told.spent(),
        limit == null ? null : limit.minus(told.spent()),
        told.source(),
        told.at());
  }

  /// Whom people know: the name, else the e-mail address, else the id.
  public String called() {
    return !name.isEmpty() ? name : !email.isEmpty() ? email : member;
  }
}
