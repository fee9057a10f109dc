package dev.claudometer.reconcile.lines;

import static java.time.ZoneOffset.UTC;

import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.reconcile.CountedUse;
import dev.claudometer.reconcile.DifferenceCause;
import dev.claudometer.reconcile.Holders;
import dev.claudometer.reconcile.lines.CauseLines.BilledLine;
import dev.claudometer.reconcile.lines.CauseLines.CountedResponse;
import dev.claudometer.reconcile.lines.CauseLines.ToldLine;
import dev.claudometer.report.KnownMachines;
import dev.claudometer.store.EventFilter;
import dev.claudometer.store.StoredEvent;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.bill.BilledSum;
import dev.claudometer.store.bill.Billing;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Answers what a cause is made of: from its days down to single responses and lines.
public final class CauseTrail {

  /// How many of a kind are told.
  static final int MOST = 1_000;

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  private static final Set<BilledDimension> USE =
      EnumSet.of(
          BilledDimension.ACCOUNT,
          BilledDimension.API_KEY,
          BilledDimension.WORKSPACE,
          BilledDimension.MODEL,
          BilledDimension.SERVICE_TIER,
          BilledDimension.INFERENCE_GEO);

  private static final Set<BilledDimension> PEOPLE =
      EnumSet.of(BilledDimension.ACTOR, BilledDimension.MODEL, BilledDimension.CUSTOMER_TYPE);

  private static final Set<BilledDimension> COST =
      EnumSet.of(
          BilledDimension.WORKSPACE,
          BilledDimension.MODEL,
          BilledDimension.DESCRIPTION,
          BilledDimension.COST_TYPE,
          BilledDimension.TOKEN_TYPE);

  private final UsageStore store;
  private final Billing billing;
  private final KnownMachines fleet;
  private final Supplier<PriceBook> prices;

  public CauseTrail(
      UsageStore store, Billing billing, KnownMachines fleet, Supplier<PriceBook> prices) {
    this.store = store;
    this.billing = billing;
    this.fleet = fleet;
    this.prices = prices;
  }

  /// What a cause is made of on a UTC day.
  public CauseLines of(DifferenceCause cause, LocalDate day) {
    var range =
        new TimeRange(
            day.atStartOfDay(UTC).toInstant(), day.plusDays(1).atStartOfDay(UTC).toInstant());
    var holders = new Holders(billing, range);
    var parts = new CauseParts(cause, CountedUse.plans(store), holders, prices.get());
    KnownMachines.Names names = fleet.names();
    List<CountedResponse> responses =
        parts.ofResponses()
            ? store.events(new EventFilter.Within(range)).stream()
                .filter(StoredEvent::counted)
                .filter(parts::has)
                .limit(MOST + 1L)
                .map(each -> response(each, names))
                .toList()
            : List.of();
    List<ToldLine> uses =
        told(cause, range).stream()
            .filter(each -> parts.hasUse(each.group()))
            .sorted(Comparator.comparing(BilledSum::at))
            .limit(MOST + 1L)
            .map(each -> use(each, holders))
            .toList();
    List<BilledLine> charges =
        billing.sums(BilledReport.COST, range, DAY, COST).stream()
            .filter(each -> parts.hasCharge(each.group(), each.amounts().cost()))
            .limit(MOST + 1L)
            .map(each -> charge(each, holders))
            .toList();
    return new CauseLines(
        cause.key(),
        cause.title(),
        day.toString(),
        most(responses),
        most(uses),
        most(charges),
        responses.size() > MOST || uses.size() > MOST || charges.size() > MOST);
  }

  /// Of plans Anthropic tells in its Claude Code report, by the day.
  private List<BilledSum> told(DifferenceCause cause, TimeRange day) {
    return cause == DifferenceCause.PLAN_USAGE
        ? billing.sums(BilledReport.CLAUDE_CODE_MODELS, day, DAY, PEOPLE)
        : billing.sums(BilledReport.MESSAGES, day, HOUR, USE);
  }

  private static <T> List<T> most(List<T> all) {
    return all.size() > MOST ? all.subList(0, MOST) : all;
  }

  private static CountedResponse response(StoredEvent stored, KnownMachines.Names names) {
    UsageEvent event = stored.event();
    TokenCounts tokens = event.usage().tokens();
    Usd reported = event.usage().reportedCost();
    return new CountedResponse(
        event.at(),
        event.key().messageId(),
        event.key().requestId(),
        event.attribution().session().text(),
        names.device(stored.device()),
        stored.model(),
        tokens.input(),
        tokens.output(),
        tokens.cacheWrite5m() + tokens.cacheWrite1h(),
        tokens.cacheRead(),
        event.usage().webSearches(),
        reported == null ? stored.booked() : reported);
  }

  private static ToldLine use(BilledSum sum, Holders holders) {
    BilledGroup group = sum.group();
    TokenCounts tokens = sum.amounts().tokens();
    String actor = group.named(BilledDimension.ACTOR);
    return new ToldLine(
        sum.at(),
        actor.isEmpty() ? holders.holder(group) : actor,
        holders.workspace(group.named(BilledDimension.WORKSPACE)),
        group.named(BilledDimension.MODEL),
        actor.isEmpty()
            ? group.named(BilledDimension.SERVICE_TIER)
            : group.named(BilledDimension.CUSTOMER_TYPE),
        group.named(BilledDimension.INFERENCE_GEO),
        tokens.input(),
        tokens.output(),
        tokens.cacheWrite5m() + tokens.cacheWrite1h(),
        tokens.cacheRead());
  }

  private static BilledLine charge(BilledSum sum, Holders holders) {
    BilledGroup group = sum.group();
    return new BilledLine(
        sum.at(),
        holders.workspace(group.named(BilledDimension.WORKSPACE)),
        group.named(BilledDimension.MODEL),
        group.named(BilledDimension.DESCRIPTION),
        group.named(BilledDimension.COST_TYPE),
        sum.amounts().cost());
  }
}
