package dev.claudometer.reconcile;

import dev.claudometer.model.DeviceId;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.report.KnownMachines;
import dev.claudometer.store.Slice;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.bill.Billing;
import dev.claudometer.usage.Totals;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// All that is known of a period, settled by UTC day and model: every split is made of it.
///
/// @param uses what the usage report tells
/// @param models what was counted by model, in days of the period's zone
/// @param hours those that are in the days of UTC only, or in those of the zone only
/// @param people what was counted by whose machines they are, in days of the zone; empty for
///   nobody's
record SettledPeriod(
    Period period,
    Bill bill,
    Reach reach,
    Holders holders,
    KnownMachines.Names names,
    List<Settled> settled,
    Map<CellKey, List<ToldUse>> uses,
    Map<String, Totals> models,
    List<CountedUse.OtherHours> hours,
    Map<String, Totals> people) {

  static SettledPeriod of(
      Period period,
      UsageStore store,
      Billing billing,
      KnownMachines.Names names,
      PriceBook book,
      Instant now) {
    var bill = new Bill(billing, period.billed(), book);
    var reach = new Reach(billing, now);
    var holders = new Holders(billing, period.billed());
    Map<CellKey, List<ToldUse>> uses = bill.uses();
    var use = new CountedUse(store);
    CountedDays days = use.days(period.billed());
    List<CountedUse.OtherHours> hours = use.otherHours(period);
    Map<CellKey, Counted> cells = days.cells(names);
    return new SettledPeriod(
        period,
        bill,
        reach,
        holders,
        names,
        new Settling(book, reach, holders).settle(cells, bill, uses),
        uses,
        models(cells, hours),
        hours,
        people(days.devices(), hours, names));
  }

  private static Map<String, Totals> models(
      Map<CellKey, Counted> cells, List<CountedUse.OtherHours> hours) {
    Map<String, Totals> models = new TreeMap<>();
    cells.forEach((cell, counted) -> models.merge(cell.model(), counted.all(), Totals::plus));
    for (CountedUse.OtherHours other : hours) {
      for (Slice slice : other.models()) {
        models.merge(
            CountedUse.plain(slice.model()), Totals.ZERO.minus(other.signed(slice)), Totals::plus);
      }
    }
    return models;
  }

  private static Map<String, Totals> people(
      Map<DeviceId, Totals> devices, List<CountedUse.OtherHours> hours, KnownMachines.Names names) {
    Map<DeviceId, Totals> all = new HashMap<>(devices);
    for (CountedUse.OtherHours other : hours) {
      for (Slice slice : other.devices()) {
        all.merge(slice.device(), Totals.ZERO.minus(other.signed(slice)), Totals::plus);
      }
    }
    Map<String, Totals> people = new TreeMap<>();
    all.forEach(
        (device, totals) -> {
          if (!totals.equals(Totals.ZERO)) {
            people.merge(names.owner(device), totals, Totals::plus);
          }
        });
    return people;
  }

  /// By model, what the UTC days have beyond those of the zone, in nano-dollars.
  Map<String, Long> midnight() {
    Map<String, Long> midnight = new TreeMap<>();
    for (CountedUse.OtherHours other : hours) {
      for (Slice slice : other.models()) {
        midnight.merge(
            CountedUse.plain(slice.model()),
            other.signed(slice).reportedElseCalculated().nanos(),
            Math::addExact);
      }
    }
    midnight.values().removeIf(nanos -> nanos == 0);
    return midnight;
  }

  /// What was counted in days of the zone.
  Totals total() {
    return models.values().stream().reduce(Totals.ZERO, Totals::plus);
  }

  /// The parts of the whole difference.
  Tally whole() {
    var whole = new Tally();
    settled.forEach(cell -> whole.add(cell.tally()));
    midnight().values().forEach(nanos -> whole.add(DifferenceCause.UTC_MIDNIGHT, nanos, ""));
    return whole;
  }
}
