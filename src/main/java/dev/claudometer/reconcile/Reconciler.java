package dev.claudometer.reconcile;

import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledReport;
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
import java.util.TreeMap;
import java.util.TreeSet;
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
    var counts = new CountedUse(store, fleet.names());
    var bill = new Bill(billing, period.billed(), prices.get());
    List<Settled> settled = settle(period, counts, bill, bill.uses(), new Reach(billing, now));
    return CauseDetail.of(cause, settled, midnight(counts.models(period.counted()), settled));
  }

  /// The same for several splits at once: what is to be settled is settled once.
  public Map<By, Reconciliation> reconcile(Period period, Set<By> splits, Instant now) {
    KnownMachines.Names names = fleet.names();
    PriceBook book = prices.get();
    var counts = new CountedUse(store, names);
    var reach = new Reach(billing, now);
    var bill = new Bill(billing, period.billed(), book);
    Map<String, Totals> models = counts.models(period.counted());
    Totals total = models.values().stream().reduce(Totals.ZERO, Totals::plus);
    Map<CellKey, List<ToldUse>> uses = bill.uses();
    List<Settled> settled = settle(period, counts, bill, uses, reach);
    Map<String, Long> midnight = midnight(models, settled);
    var whole = new Tally();
    settled.forEach(cell -> whole.add(cell.tally()));
    midnight.values().forEach(nanos -> whole.add(DifferenceCause.UTC_MIDNIGHT, nanos, ""));
    Told telemetry = store.told(period.counted()).values().stream().reduce(Told.NONE, Told::plus);
    BilledCost billed = billed(period, settled, reach);
    var rows = new Rows(billing, period, counts);
    List<String> open =
        new ArrayList<>(new Open(period, names, reach).list(telemetry, total, billed, now));
    open.addAll(
        new Closings(billing)
            .notes(period, () -> rows.of(By.DAY, settled, models, Map.of(), uses)));
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
              bill.tokens(),
              billed,
              billed.known() == null ? null : whole.parts(),
              open,
              by,
              rows.of(by, settled, models, midnight, uses)));
    }
    return answers;
  }

  private List<Settled> settle(
      Period period, CountedUse counts, Bill bill, Map<CellKey, List<ToldUse>> uses, Reach reach) {
    Map<CellKey, Counted> counted = counts.cells(period.billed());
    Map<CellKey, BilledLines> lines = bill.lines();
    Map<CellKey, Long> subscribed = bill.subscribed();
    var holders = new Holders(billing, period.billed());
    Set<CellKey> keys = new TreeSet<>(CellKey.ORDER);
    keys.addAll(counted.keySet());
    keys.addAll(lines.keySet());
    keys.addAll(uses.keySet());
    List<Settled> settled = new ArrayList<>();
    for (CellKey key : keys) {
      var usages = Usages.of(prices.get(), key);
      boolean told = reach.within(BilledReport.MESSAGES, key.day()) || uses.containsKey(key);
      var settlement =
          new Settlement(
              usages,
              holders,
              counted.getOrDefault(key, Counted.NONE),
              lines.getOrDefault(key, BilledLines.NONE),
              told ? uses.getOrDefault(key, List.of()) : null,
              reach.within(BilledReport.CLAUDE_CODE, key.day()),
              subscribed.getOrDefault(key, 0L));
      settled.add(settled(key, settlement, reach));
    }
    return settled;
  }

  private static Settled settled(CellKey key, Settlement settlement, Reach reach) {
    Totals counted = settlement.counted().all();
    long billed = settlement.billed().all();
    boolean known = reach.within(BilledReport.COST, key.day()) || billed != 0;
    Tally tally;
    if (reach.closed(key.day())) {
      tally = settlement.tally();
    } else {
      tally = new Tally();
      DifferenceCause cause =
          reach.before(key.day()) ? DifferenceCause.NOT_READ : DifferenceCause.NOT_BILLED_YET;
      tally.add(cause, billed - counted.reportedElseCalculated().nanos(), key.day().toString());
    }
    return new Settled(key, counted, settlement.toldList(), billed, known, tally);
  }

  /// By model, what the UTC days have beyond those of the zone.
  private static Map<String, Long> midnight(Map<String, Totals> models, List<Settled> settled) {
    Map<String, Long> midnight = new TreeMap<>();
    settled.forEach(cell -> midnight.merge(cell.key().model(), cell.nanos(), Math::addExact));
    models.forEach(
        (model, totals) ->
            midnight.merge(model, -totals.reportedElseCalculated().nanos(), Math::addExact));
    midnight.values().removeIf(nanos -> nanos == 0);
    return midnight;
  }

  private BilledCost billed(Period period, List<Settled> settled, Reach reach) {
    long unbilled =
        new Unbilled(billing)
            .sums(period.billed(), Duration.ofDays(1), Set.<BilledDimension>of()).stream()
                .mapToLong(sum -> sum.amounts().tokens().total())
                .sum();
    boolean known = reach.overlaps(period.billed()) || settled.stream().anyMatch(Settled::known);
    @Nullable Usd sum =
        known
            ? new Usd(settled.stream().mapToLong(Settled::billed).reduce(0, Math::addExact))
            : null;
    return new BilledCost(sum, unbilled);
  }
}
