package dev.claudometer.report;

import dev.claudometer.store.Dimension;
import dev.claudometer.store.Entry;
import dev.claudometer.store.Point;
import dev.claudometer.store.Step;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageQueries;
import dev.claudometer.store.Where;
import dev.claudometer.usage.Block;
import dev.claudometer.usage.Blocks;
import dev.claudometer.usage.Totals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Cuts all history into blocks without reading all of it: a quarter hour in the midst of a block
/// is added as its sum. Only where a block begins or ends the first and the last response are
/// looked up, and single responses where one quarter hour belongs to two blocks, or uses several
/// models for the first time.
final class QuarterBlocks {

  private static final Duration QUARTER = Duration.ofMinutes(15);

  private final UsageQueries store;
  private final Where where;
  private final Blocks blocks;

  QuarterBlocks(UsageQueries store, Where where, Duration length, Instant now) {
    this.store = store;
    this.where = where;
    blocks = new Blocks(length, now);
  }

  /// Whether sums can tell all there is to tell: a block begins at a full hour, and has to end at a
  /// quarter hour; responses that were deleted are in the sums alone.
  static boolean can(UsageQueries store, Where where, Duration length) {
    return length.compareTo(Duration.ofHours(1)) >= 0
        && length.toMillis() % QUARTER.toMillis() == 0
        && where.isInSums()
        && store.standing().horizon().equals(Instant.EPOCH);
  }

  List<Block> all() {
    List<Map.Entry<Instant, Map<String, Totals>>> quarters = new ArrayList<>(sums().entrySet());
    for (int i = 0; i < quarters.size(); i++) {
      Instant from = quarters.get(i).getKey();
      Map<String, Totals> models = quarters.get(i).getValue();
      boolean within = holds(from);
      if ((within ? blocks.newModels(models.keySet()) : models.size()) > 1) {
        addEach(from);
      } else if (within && i + 1 < quarters.size() && holds(quarters.get(i + 1).getKey())) {
        blocks.add(from, from, models.keySet(), sum(models));
      } else {
        addEdge(from, models);
      }
    }
    return blocks.finish();
  }

  private Map<Instant, Map<String, Totals>> sums() {
    var sums = new TreeMap<Instant, Map<String, Totals>>();
    for (Point point :
        store.series(
            TimeRange.ALL, new Step(QUARTER, Duration.ZERO), where, EnumSet.of(Dimension.MODEL))) {
      sums.computeIfAbsent(point.at(), _ -> new TreeMap<>())
          .merge(point.slice().model(), point.slice().totals(), Totals::plus);
    }
    return sums;
  }

  /// Whether the whole quarter hour belongs to the block that is open.
  private boolean holds(Instant from) {
    return blocks.holds(from.plus(QUARTER));
  }

  private void addEdge(Instant from, Map<String, Totals> models) {
    TimeRange extent = store.extent(quarter(from), where);
    if (extent == null) {
      return;
    }
    Instant last = extent.to().minusMillis(1);
    if (blocks.together(extent.from(), last)) {
      blocks.add(extent.from(), last, models.keySet(), sum(models));
    } else {
      addEach(from);
    }
  }

  private void addEach(Instant from) {
    for (Entry entry : store.entries(quarter(from), where)) {
      blocks.add(entry.at(), entry.model(), entry.totals());
    }
  }

  private static TimeRange quarter(Instant from) {
    return new TimeRange(from, from.plus(QUARTER));
  }

  private static Totals sum(Map<String, Totals> models) {
    return models.values().stream().reduce(Totals.ZERO, Totals::plus);
  }
}
