package dev.claudometer.report;

import dev.claudometer.store.FleetQueries.Standing;
import dev.claudometer.store.UsageQueries;
import dev.claudometer.usage.Block;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All usage in blocks, as it was cut at one state of the store: of what has not changed since, it
/// need not be cut again.
///
/// @param standing where the store stood, or had stood just before
public record CutBlocks(Standing standing, Duration length, List<Block> blocks) {

  public CutBlocks {
    blocks = List.copyOf(blocks);
  }

  /// The blocks that are still right, from the first one on. All that may still come to the last of
  /// them comes after its end: so it has no response at the very instant of its end, which a
  /// quarter hour tells that it shares with the next block.
  ///
  /// @return empty, or ends with a block that is no gap
  List<Block> unchanged(UsageQueries store, Standing now, Duration asked) {
    boolean same =
        standing.store().equals(now.store())
            && standing.generation() == now.generation()
            && length.equals(asked);
    if (!same) {
      return List.of();
    }
    Instant changed =
        standing.revision() == now.revision() ? null : store.changedAfter(standing.revision());
    int kept = blocks.size();
    while (kept > 0 && !isComplete(blocks.get(kept - 1), changed)) {
      kept--;
    }
    return blocks.subList(0, kept);
  }

  private static boolean isComplete(Block block, @Nullable Instant changed) {
    Instant last = block.lastAt();
    return last != null
        && last.isBefore(block.end())
        && (changed == null || !block.end().isAfter(changed));
  }
}
