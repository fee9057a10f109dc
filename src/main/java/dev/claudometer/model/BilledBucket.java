package dev.claudometer.model;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What Anthropic says was used or billed in one stretch of time: the whole of it, so that a later
/// word on the same bucket replaces an earlier one.
///
/// @param from an hour or a UTC day begins here
/// @param toldAt when it was asked for: the current bucket grows, and past ones are revised
/// @param lines at most one per group; none where nothing was used
public record BilledBucket(
    BilledReport report, Instant from, Instant to, Instant toldAt, List<Line> lines)
    implements Observation {

  /// Lines of the same group are added up: an answer may split them by what was not asked for.
  public BilledBucket {
    Map<BilledGroup, BilledAmounts> sums = new LinkedHashMap<>();
    for (Line line : lines) {
      sums.merge(line.group(), line.amounts(), BilledAmounts::plus);
    }
    lines = sums.entrySet().stream().map(sum -> new Line(sum.getKey(), sum.getValue())).toList();
  }

  /// One group's part.
  public record Line(BilledGroup group, BilledAmounts amounts) {}
}
