package dev.claudometer.store.sql.sum;

import dev.claudometer.store.TimeRange;
import java.util.ArrayList;
import java.util.List;

/// A stretch of time: whole quarter hours, and what is left of others at its ends.
///
/// @param from milliseconds
/// @param to milliseconds, not included
record Stretch(long from, long to) {

  private static final long QUARTER = Rollups.QUARTER_MILLIS;

  /// Some thirty thousand years: all time, for numbers that are multiplied.
  private static final long FAR = QUARTER * 1_000_000_000;

  static Stretch of(TimeRange range) {
    return new Stretch(clamped(range.from().toEpochMilli()), clamped(range.to().toEpochMilli()));
  }

  private static long clamped(long millis) {
    return Math.clamp(millis, -FAR, FAR);
  }

  boolean isAllTime() {
    return from == -FAR && to == FAR;
  }

  /// The first quarter hour that lies in it whole.
  long firstQuarter() {
    return Math.ceilDiv(from, QUARTER);
  }

  /// The quarter hour after the last one that lies in it whole.
  long endQuarter() {
    return Math.max(firstQuarter(), Math.floorDiv(to, QUARTER));
  }

  /// What does not lie in a whole quarter hour: nothing where both ends are at a quarter hour.
  List<Stretch> ends() {
    long first = firstQuarter() * QUARTER;
    long end = endQuarter() * QUARTER;
    List<Stretch> ends = new ArrayList<>();
    if (first >= end) {
      ends.add(this);
    } else {
      ends.add(new Stretch(from, first));
      ends.add(new Stretch(end, to));
    }
    ends.removeIf(stretch -> stretch.from >= stretch.to);
    return ends;
  }

  Stretch within(Stretch other) {
    return new Stretch(Math.max(from, other.from), Math.min(to, other.to));
  }
}
