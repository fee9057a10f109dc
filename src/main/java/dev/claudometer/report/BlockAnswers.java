package dev.claudometer.report;

import dev.claudometer.model.ActivityKind;
import dev.claudometer.store.Entry;
import dev.claudometer.store.FleetQueries.Standing;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageQueries;
import dev.claudometer.store.Where;
import dev.claudometer.usage.Block;
import dev.claudometer.usage.Blocks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Usage in blocks of some hours, as [Blocks] cuts them.
public final class BlockAnswers {

  /// As long as the plan's shortest window.
  public static final Duration USUAL = Duration.ofHours(5);

  /// A block's beginning depends on what came before it, back to the last silence: two days hold
  /// one.
  private static final Duration LOOK_BACK = Duration.ofDays(2);

  private final UsageQueries store;

  private @Nullable CutBlocks known;

  public BlockAnswers(UsageQueries store) {
    this(store, null);
  }

  /// @param known blocks of this store that were cut before
  public BlockAnswers(UsageQueries store, @Nullable CutBlocks known) {
    this.store = store;
    this.known = known;
  }

  /// All blocks of some usage, with the silences between them.
  public List<Block> all(Where where, Duration length, Instant now) {
    if (!QuarterBlocks.can(store, where, length)) {
      return cut(TimeRange.ALL, where, length, now);
    }
    Standing standing = store.standing();
    List<Block> before = known == null ? List.of() : known.unchanged(store, standing, length);
    List<Block> all = new QuarterBlocks(store, length, now, before).all();
    known = new CutBlocks(standing, length, all);
    return all;
  }

  /// What is known by now for who asks again; null where nothing is that would be of use.
  public @Nullable CutBlocks known() {
    return known;
  }

  /// When the plan's limits that were reached begin anew, by the moment at which each was reached.
  public NavigableMap<Instant, Instant> limitResets() {
    var resets = new TreeMap<Instant, Instant>();
    store
        .happened(ActivityKind.LIMIT_REACHED, TimeRange.ALL)
        .forEach(each -> resets.put(each.at(), Instant.ofEpochSecond(each.value())));
    return resets;
  }

  /// The block of the usual length that is going on; null where there is none.
  public @Nullable Block active(Instant now) {
    var lately = new TimeRange(now.minus(LOOK_BACK), TimeRange.ALL.to());
    return cut(lately, Where.ANY, USUAL, now).stream()
        .filter(Block::active)
        .findFirst()
        .orElse(null);
  }

  private List<Block> cut(TimeRange range, Where where, Duration length, Instant now) {
    var blocks = new Blocks(length, now);
    for (Entry entry : store.entries(range, where)) {
      blocks.add(entry.at(), entry.model(), entry.totals());
    }
    return blocks.finish();
  }
}
