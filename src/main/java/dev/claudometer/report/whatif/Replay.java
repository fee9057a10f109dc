package dev.claudometer.report.whatif;

import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usd;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.report.whatif.WhatIf.Change;
import dev.claudometer.report.whatif.WhatIf.Row;
import dev.claudometer.store.StoredEvent;
import dev.claudometer.store.TimeRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/// Responses while they are priced again, one by one.
final class Replay {

  /// How many responses are told.
  private static final int MOST = 20;

  /// The smallest difference first; of those alike the latest.
  private static final Comparator<Change> SMALLEST =
      Comparator.<Change>comparingLong(change -> Math.abs(change.costDifference().nanos()))
          .thenComparing(Comparator.comparing(Change::at).reversed())
          .thenComparing(Comparator.comparing(Change::id).reversed());

  private final Rule rule;
  private final PriceBook book;
  private final Map<String, Row> rows = new TreeMap<>();
  private final PriorityQueue<Change> largest = new PriorityQueue<>(SMALLEST);
  private long unpriced;
  private long changed;

  Replay(Rule rule, PriceBook book) {
    this.rule = rule;
    this.book = book;
  }

  void add(StoredEvent stored) {
    Usd before = stored.booked();
    Usd then = rule.price(stored.event().usage(), stored.event().at(), book);
    if (before == null || then == null) {
      unpriced++;
      return;
    }
    rows.merge(stored.model(), Row.of(stored.model(), 1, before, then), Replay::plus);
    if (!before.equals(then)) {
      changed++;
      largest.add(change(stored, before, then));
      if (largest.size() > MOST) {
        largest.remove();
      }
    }
  }

  private static Row plus(Row one, Row other) {
    return Row.of(
        one.name(),
        one.responses() + other.responses(),
        one.cost().plus(other.cost()),
        one.costThen().plus(other.costThen()));
  }

  private static Change change(StoredEvent stored, Usd before, Usd then) {
    TokenCounts tokens = stored.event().usage().tokens();
    return new Change(
        stored.event().at(),
        stored.event().key().messageId(),
        stored.event().attribution().session(),
        stored.model(),
        tokens.prompt(),
        tokens.output(),
        before,
        then,
        then.minus(before));
  }

  WhatIf answer(TimeRange range) {
    Row all = rows.values().stream().reduce(Row.of("", 0, Usd.ZERO, Usd.ZERO), Replay::plus);
    List<Row> sorted = new ArrayList<>(rows.values());
    sorted.sort(
        Comparator.<Row>comparingLong(row -> -Math.abs(row.costDifference().nanos()))
            .thenComparing(Row::name));
    List<Change> changes = largest.stream().sorted(SMALLEST.reversed()).toList();
    Usd told = changes.stream().map(Change::costDifference).reduce(Usd.ZERO, Usd::plus);
    return new WhatIf(
        range.from(),
        range.to(),
        rule.text(),
        rule.unsaid(),
        all.responses(),
        unpriced,
        all.cost(),
        all.costThen(),
        all.costDifference(),
        changed,
        sorted,
        changes,
        all.costDifference().minus(told));
  }
}
