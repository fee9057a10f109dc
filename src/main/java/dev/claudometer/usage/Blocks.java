package dev.claudometer.usage;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
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
  private Totals totals = Totals.ZERO;

  public Blocks(Duration length, Instant now) {
    this.length = length;
    this.now = now;
  }

  /// Adds a response. Call it in order of time.
  public void add(Instant at, String model, Totals response) {
    Instant begun = start;
    if (begun != null) {
      boolean silence = at.isAfter(last.plus(length));
      if (silence || at.isAfter(begun.plus(length))) {
        close(begun);
        if (silence) {
          Instant gapStart = last.plus(length);
          blocks.add(new Block(gapStart, at, gapStart, null, false, Totals.ZERO, List.of()));
        }
        begun = null;
      }
    }
    if (begun == null) {
      start = at.truncatedTo(ChronoUnit.HOURS);
      first = at;
    }
    last = at;
    models.add(model);
    totals = totals.plus(response);
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
    boolean active = Duration.between(last, now).compareTo(length) < 0 && now.isBefore(end);
    blocks.add(new Block(begun, end, first, last, active, totals, List.copyOf(models)));
    start = null;
    totals = Totals.ZERO;
    models.clear();
  }
}
