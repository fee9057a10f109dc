package dev.claudometer.report.whatif;

import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usd;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.report.whatif.WhatIf.Change;
import dev.claudometer.report.whatif.WhatIf.Row;
import dev.claudometer.store.PricedUse;
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

  /// The smallest difference first; of those alike the latest. In whatever order they come, the
  /// same are told.
  private static final Comparator<Change> SMALLEST =
      Comparator.<Change>comparingLong(change -> Math.abs(change.costDifference().nanos()))
          .thenComparing(Comparator.comparing(Change::at).reversed())
          .thenComparing(Comparator.comparing(Change::id).reversed())
          .thenComparing(Change::model)
          .thenComparingLong(Change::prompt)
          .thenComparingLong(Change::output);

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

  void add(PricedUse use) {
    Usd before = use.booked();
    Usd then = rule.price(use.usage(), use.at(), book);
    if (before == null || then == null) {
      unpriced++;
      return;
    }
    rows.merge(use.model(), Row.of(use.model(), 1, before, then), Replay::plus);
    if (!before.equals(then)) {
      changed++;
      keep(change(use, before, then));
    }
  }

  /// What others came to as well.
  void add(Replay others) {
    others.rows.forEach((model, row) -> rows.merge(model, row, Replay::plus));
    unpriced += others.unpriced;
    changed += others.changed;
    others.largest.forEach(this::keep);
  }

  private void keep(Change change) {
    largest.add(change);
    if (largest.size() > MOST) {
      largest.remove();
    }
  }

  private static Row plus(Row one, Row other) {
    return Row.of(
        one.name(),
        one.responses() + other.responses(),
        one.cost().plus(other.cost()),
        one.costThen().plus(other.costThen()));
  }

  private static Change change(PricedUse use, Usd before, Usd then) {
    TokenCounts tokens = use.usage().tokens();
    return new Change(
        use.at(),
        use.message(),
        use.session(),
        use.model(),
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
