package dev.claudometer.report;

import dev.claudometer.store.Entry;
import dev.claudometer.store.Quarters.Ends;
import dev.claudometer.store.Quarters.Quarter;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageQueries;
import dev.claudometer.store.Where;
import dev.claudometer.usage.Block;
import dev.claudometer.usage.Blocks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Cuts all history into blocks without reading all of it: a quarter hour in the midst of a block
/// is added as its sum. Only where a block begins or ends the first and the last response are
/// looked up, and where several models are used for the first time which of them was the first;
/// single responses where one quarter hour belongs to two blocks.
///
/// What has to be looked up is found by cutting once as if every quarter hour had one response;
/// then all of it is asked for at once. What that did not foresee is asked for when it is needed.
final class QuarterBlocks {

  private static final Duration QUARTER = Duration.ofMinutes(15);

  private final UsageQueries store;
  private final Duration length;
  private final Instant now;
  private final List<Block> before;
  private final List<Quarter> quarters;

  /// @param before blocks that are known to be right, from the first one on; the last one is no gap
  QuarterBlocks(UsageQueries store, Duration length, Instant now, List<Block> before) {
    this.store = store;
    this.length = length;
    this.now = now;
    this.before = before;
    quarters = store.quarters(before.isEmpty() ? Instant.EPOCH : before.getLast().end());
  }

  /// Whether sums can tell all there is to tell: a block begins at a full hour, and has to end at a
  /// quarter hour; responses that were deleted are in the sums alone.
  static boolean can(UsageQueries store, Where where, Duration length) {
    return length.compareTo(Duration.ofHours(1)) >= 0
        && length.toMillis() % QUARTER.toMillis() == 0
        && where.isAny()
        && store.standing().horizon().equals(Instant.EPOCH);
  }

  List<Block> all() {
    var foreseen = new QuarterDetails.Foreseen();
    cut(foreseen);
    return cut(foreseen.lookedUp(store));
  }

  private List<Block> cut(QuarterDetails details) {
    Blocks blocks = before.isEmpty() ? new Blocks(length, now) : new Blocks(length, now, before);
    for (int i = 0; i < quarters.size(); i++) {
      Quarter quarter = quarters.get(i);
      List<String> models = inOrder(quarter, blocks, details);
      boolean last = i + 1 == quarters.size() || !holds(blocks, quarters.get(i + 1).at());
      if (holds(blocks, quarter.at()) && !last) {
        blocks.add(quarter.at(), quarter.at(), models, quarter.totals());
      } else {
        addEdge(blocks, quarter, models, details);
      }
    }
    return blocks.finish();
  }

  /// The models of a quarter hour, those that its block has not used before in the order of their
  /// first use.
  private static List<String> inOrder(Quarter quarter, Blocks blocks, QuarterDetails details) {
    long unused =
        holds(blocks, quarter.at()) ? blocks.newModels(quarter.models()) : quarter.models().size();
    return unused > 1 ? details.inOrder(quarter) : quarter.models();
  }

  /// Whether the whole quarter hour belongs to the block that is open.
  private static boolean holds(Blocks blocks, Instant quarter) {
    return blocks.holds(quarter.plus(QUARTER));
  }

  private void addEdge(
      Blocks blocks, Quarter quarter, List<String> models, QuarterDetails details) {
    Ends ends = details.ends(quarter.at());
    if (ends != null && blocks.together(ends.first(), ends.last())) {
      blocks.add(ends.first(), ends.last(), models, quarter.totals());
    } else {
      addEach(blocks, quarter.at());
    }
  }

  private void addEach(Blocks blocks, Instant quarter) {
    for (Entry entry : store.entries(new TimeRange(quarter, quarter.plus(QUARTER)), Where.ANY)) {
      blocks.add(entry.at(), entry.model(), entry.totals());
    }
  }
}
