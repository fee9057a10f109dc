package dev.claudometer.usage;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Cuts responses into blocks as users of ccusage know them: a block begins at the full UTC hour of
/// its first response and lasts five hours; a longer silence is a gap of its own.
///
/// Anthropic's own windows need not begin on the hour: these blocks are an estimate of activity,
/// not of the limit.
public final class Blocks {

  private final Duration length;
  private final Instant now;
  private final List<Block> blocks = new ArrayList<>();
  private final Set<String> models = new LinkedHashSet<>();
  private @Nullable Instant start;
  private Instant first = Instant.EPOCH;
  private Instant last = Instant.EPOCH;
  private RunningTotals totals = new RunningTotals();

  public Blocks(Duration length, Instant now) {
    this.length = length;
    this.now = now;
  }

  /// Goes on after blocks that were cut before: the last of them is open again.
  ///
  /// @param before ends with a block that is no gap
  public Blocks(Duration length, Instant now, List<Block> before) {
    this(length, now);
    for (Block block : before.subList(0, before.size() - 1)) {
      blocks.add(asOfNow(block));
    }
    Block open = before.getLast();
    start = open.start();
    first = open.firstAt();
    last = Objects.requireNonNull(open.lastAt());
    totals.add(open.totals());
    models.addAll(open.models());
  }

  private Block asOfNow(Block block) {
    Instant lastAt = block.lastAt();
    return lastAt == null || block.active() == isActive(lastAt, block.end())
        ? block
        : new Block(
            block.start(),
            block.end(),
            block.firstAt(),
            lastAt,
            !block.active(),
            block.totals(),
            block.models());
  }

  /// Adds a response. Call it in order of time.
  public void add(Instant at, String model, Totals response) {
    add(at, at, List.of(model), response);
  }

  /// Adds responses that belong [#together]. Call it in order of time.
  public void add(Instant from, Instant to, Collection<String> theirModels, Totals responses) {
    Instant begun = start;
    if (begun != null && isAfter(begun, from)) {
      close(begun);
      if (from.isAfter(last.plus(length))) {
        Instant gapStart = last.plus(length);
        blocks.add(new Block(gapStart, from, gapStart, null, false, Totals.ZERO, List.of()));
      }
      begun = null;
    }
    if (begun == null) {
      start = from.truncatedTo(ChronoUnit.HOURS);
      first = from;
    }
    last = to;
    models.addAll(theirModels);
    totals.add(responses);
  }

  /// Whether a response belongs to no block that has begun at an instant.
  private boolean isAfter(Instant begun, Instant at) {
    return at.isAfter(last.plus(length)) || at.isAfter(begun.plus(length));
  }

  /// Whether responses from one instant to another, less than an hour later, belong to one block.
  public boolean together(Instant from, Instant to) {
    return start == null || isAfter(start, from) || !isAfter(start, to);
  }

  /// Whether all that may come before an instant belongs to the block that is open.
  public boolean holds(Instant end) {
    return start != null && !end.isAfter(start.plus(length));
  }

  /// How many of some models the block that is open has not used yet.
  public long newModels(Collection<String> some) {
    long count = 0;
    for (String model : some) {
      count += models.contains(model) ? 0 : 1;
    }
    return count;
  }

  /// All blocks and gaps, the current one last.
  public List<Block> finish() {
    if (start != null) {
      close(start);
    }
    return List.copyOf(blocks);
  }

  private void close(Instant begun) {
    Instant end = begun.plus(length);
    blocks.add(
        new Block(
            begun, end, first, last, isActive(last, end), totals.totals(), List.copyOf(models)));
    start = null;
    totals = new RunningTotals();
    models.clear();
  }

  private boolean isActive(Instant lastAt, Instant end) {
    return Duration.between(lastAt, now).compareTo(length) < 0 && now.isBefore(end);
  }
}
