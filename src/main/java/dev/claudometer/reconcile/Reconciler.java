package dev.claudometer.reconcile;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.Usd;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.report.KnownMachines;
import dev.claudometer.report.Money;
import dev.claudometer.report.bill.BilledCost;
import dev.claudometer.report.bill.Unbilled;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.bill.Billing;
import dev.claudometer.store.quality.Told;
import dev.claudometer.usage.Totals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Answers why a bill is not what was counted.
public final class Reconciler {

  private final UsageStore store;
  private final Billing billing;
  private final KnownMachines fleet;
  private final Supplier<PriceBook> prices;

  public Reconciler(
      UsageStore store, Billing billing, KnownMachines fleet, Supplier<PriceBook> prices) {
    this.store = store;
    this.billing = billing;
    this.fleet = fleet;
    this.prices = prices;
  }

  public Reconciliation reconcile(Period period, By by, Instant now) {
    return Objects.requireNonNull(reconcile(period, Set.of(by), now).get(by));
  }

  /// A cause, down to its days and models.
  public CauseDetail cause(Period period, DifferenceCause cause, Instant now) {
    SettledPeriod account = account(period, now);
    return CauseDetail.of(cause, account);
  }

  private SettledPeriod account(Period period, Instant now) {
    return SettledPeriod.of(period, store, billing, fleet.names(), prices.get(), now);
  }

  /// The same for several splits at once: what is to be settled is settled once.
  public Map<By, Reconciliation> reconcile(Period period, Set<By> splits, Instant now) {
    SettledPeriod account = account(period, now);
    Totals total = account.total();
    Told telemetry = store.told(period.counted()).values().stream().reduce(Told.NONE, Told::plus);
    BilledCost billed = billed(account);
    var rows = new Rows(billing, account);
    List<String> open =
        new ArrayList<>(
            new Open(period, account.names(), account.reach()).list(telemetry, total, billed, now));
    open.addAll(new Closings(billing).notes(period, rows::utcDays));
    List<Part> parts = billed.known() == null ? null : account.whole().parts();
    BilledAmounts told = account.bill().tokens();
    Map<By, Reconciliation> answers = new EnumMap<>(By.class);
    for (By by : splits) {
      answers.put(
          by,
          new Reconciliation(
              period.first(),
              period.last(),
              period.zone(),
              Money.of(total),
              total.contract(),
              telemetry,
              told,
              billed,
              parts,
              open,
              by,
              rows.of(by)));
    }
    return answers;
  }

  private BilledCost billed(SettledPeriod account) {
    Period period = account.period();
    long unbilled =
        new Unbilled(billing)
            .sums(period.billed(), Duration.ofDays(1), Set.<BilledDimension>of()).stream()
                .mapToLong(sum -> sum.amounts().tokens().total())
                .sum();
    boolean known =
        account.reach().overlaps(period.billed())
            || account.settled().stream().anyMatch(Settled::known);
    @Nullable Usd sum =
        known
            ? new Usd(
                account.settled().stream().mapToLong(Settled::billed).reduce(0, Math::addExact))
            : null;
    return new BilledCost(sum, unbilled);
  }
}
