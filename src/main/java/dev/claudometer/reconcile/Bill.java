package dev.claudometer.reconcile;

import static java.time.ZoneOffset.UTC;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.BillingTerms;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usage;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.report.bill.Unbilled;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.bill.BilledCharge;
import dev.claudometer.store.bill.BilledSum;
import dev.claudometer.store.bill.Billing;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Anthropic's reports of some UTC days, by day and model.
final class Bill {

  private static final Duration DAY = Duration.ofDays(1);

  private static final Set<BilledDimension> USE =
      EnumSet.of(
          BilledDimension.ACCOUNT,
          BilledDimension.API_KEY,
          BilledDimension.WORKSPACE,
          BilledDimension.MODEL,
          BilledDimension.SERVICE_TIER,
          BilledDimension.CONTEXT_WINDOW,
          BilledDimension.INFERENCE_GEO);

  private static final Set<BilledDimension> SUBSCRIBED =
      EnumSet.of(BilledDimension.MODEL, BilledDimension.CUSTOMER_TYPE);

  private final Billing billing;
  private final TimeRange days;
  private final PriceBook book;

  /// What reports call a model, by its id.
  private final Map<String, String> known = new HashMap<>();

  Bill(Billing billing, TimeRange days, PriceBook book) {
    this.billing = billing;
    this.days = days;
    this.book = book;
  }

  /// What the cost report bills.
  Map<CellKey, BilledLines> lines() {
    Map<CellKey, BilledLines> lines = new HashMap<>();
    for (BilledCharge charge : billing.charges(days)) {
      lines.merge(
          key(charge.day(), charge.model()),
          BilledLines.of(charge.type(), charge.nanos()),
          BilledLines::plus);
    }
    return lines;
  }

  /// What the usage report tells.
  Map<CellKey, List<ToldUse>> uses() {
    Set<Map.Entry<Instant, BilledGroup>> unbilled = unbilled();
    Map<CellKey, ToldUses> cells = new HashMap<>();
    for (BilledSum sum : billing.sums(BilledReport.MESSAGES, days, DAY, USE)) {
      boolean apart = !unbilled.isEmpty() && unbilled.contains(Map.entry(sum.at(), sum.group()));
      cells
          .computeIfAbsent(key(sum), cell -> new ToldUses(Usages.of(book, cell)))
          .add(sum.group(), sum.amounts().tokens(), apart);
    }
    Map<CellKey, List<ToldUse>> uses = new HashMap<>();
    cells.forEach((cell, told) -> uses.put(cell, told.all()));
    return uses;
  }

  private Set<Map.Entry<Instant, BilledGroup>> unbilled() {
    return Set.copyOf(
        new Unbilled(billing)
            .sums(days, DAY, USE).stream()
                .map(sum -> Map.entry(sum.at(), sum.group().by(USE)))
                .toList());
  }

  /// What subscriptions used, as the Claude Code report estimates it, in nano-dollars.
  Map<CellKey, Long> subscribed() {
    Map<CellKey, Long> estimates = new HashMap<>();
    for (BilledSum sum : billing.sums(BilledReport.CLAUDE_CODE_MODELS, days, DAY, SUBSCRIBED)) {
      if ("subscription".equals(sum.group().value(BilledDimension.CUSTOMER_TYPE))) {
        estimates.merge(key(sum), nanos(sum.amounts()), Math::addExact);
      }
    }
    return estimates;
  }

  /// Tokens that the usage report tells in all; null where it tells nothing.
  @Nullable BilledAmounts tokens() {
    return billing.sums(BilledReport.MESSAGES, days, Set.of()).values().stream()
        .reduce(BilledAmounts::plus)
        .orElse(null);
  }

  private static long nanos(BilledAmounts amounts) {
    var cost = amounts.cost();
    return cost == null ? 0 : cost.nanos();
  }

  private CellKey key(BilledSum sum) {
    return key(LocalDate.ofInstant(sum.at(), UTC), sum.group().named(BilledDimension.MODEL));
  }

  private CellKey key(LocalDate day, String model) {
    return new CellKey(day, model.isEmpty() ? "" : known.computeIfAbsent(model, this::name));
  }

  private String name(String spelled) {
    return CountedUse.plain(
        book.name(
            new Usage(spelled, TokenCounts.ZERO, 0, 0, BillingTerms.UNSTATED, Usage.ENDED, null)));
  }
}
