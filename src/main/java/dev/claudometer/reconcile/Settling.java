package dev.claudometer.reconcile;

import dev.claudometer.model.BilledReport;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.usage.Totals;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Settles each UTC day of each model by itself.
record Settling(PriceBook book, Reach reach, Holders holders) {

  List<Settled> settle(Map<CellKey, Counted> counted, Bill bill, Map<CellKey, List<ToldUse>> uses) {
    Map<CellKey, BilledLines> lines = bill.lines();
    Map<CellKey, Long> subscribed = bill.subscribed();
    Set<CellKey> all = new HashSet<>(counted.keySet());
    all.addAll(lines.keySet());
    all.addAll(uses.keySet());
    List<CellKey> keys = all.stream().sorted(CellKey.ORDER).toList();
    List<Settled> settled = new ArrayList<>();
    for (CellKey key : keys) {
      boolean told = reach.within(BilledReport.MESSAGES, key.day()) || uses.containsKey(key);
      var settlement =
          new Settlement(
              Usages.of(book, key),
              holders,
              counted.getOrDefault(key, Counted.NONE),
              lines.getOrDefault(key, BilledLines.NONE),
              told ? uses.getOrDefault(key, List.of()) : null,
              reach.within(BilledReport.CLAUDE_CODE, key.day()),
              subscribed.getOrDefault(key, 0L));
      settled.add(settled(key, settlement));
    }
    return settled;
  }

  private Settled settled(CellKey key, Settlement settlement) {
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
}
