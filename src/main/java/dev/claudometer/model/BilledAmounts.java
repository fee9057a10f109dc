package dev.claudometer.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How much a line of a bill says. What it does not say is unknown, which is not zero.
///
/// A year of an organisation has some hundred thousand lines: they are numbers in an array, and no
/// maps.
///
/// @param amounts by the place of the measure in its list, 0 where it is unknown; not written to
///   any more
/// @param known has the bit of each place that is known
@SuppressWarnings("ArrayRecordComponent") // compared by what is in it, and never shared
public record BilledAmounts(long[] amounts, int known) {

  private static final Measure[] MEASURES = Measure.values();

  /// @param values what is known
  public BilledAmounts(Map<Measure, Long> values) {
    this(new long[MEASURES.length], known(values));
    values.forEach((measure, value) -> amounts[place(measure)] = value);
  }

  private static int known(Map<Measure, Long> values) {
    int known = 0;
    for (Measure measure : values.keySet()) {
      known |= bit(measure);
    }
    return known;
  }

  @SuppressWarnings("EnumOrdinal") // places are what the list is for
  private static int place(Measure measure) {
    return measure.ordinal();
  }

  private static int bit(Measure measure) {
    return 1 << place(measure);
  }

  private boolean knows(Measure measure) {
    return (known & bit(measure)) != 0;
  }

  private long orZero(Measure measure) {
    return amounts[place(measure)];
  }

  /// What is known.
  public Map<Measure, Long> values() {
    var values = new EnumMap<Measure, Long>(Measure.class);
    for (Measure measure : MEASURES) {
      if (knows(measure)) {
        values.put(measure, orZero(measure));
      }
    }
    return Collections.unmodifiableMap(values);
  }

  /// Null where it is unknown.
  public @Nullable Long of(Measure measure) {
    return knows(measure) ? (Long) orZero(measure) : null;
  }

  /// Null where it is unknown.
  public @Nullable Usd cost() {
    return knows(Measure.COST) ? new Usd(orZero(Measure.COST)) : null;
  }

  /// Prompt tokens written to either cache; null where both are unknown. Those without a split
  /// stand in one of them.
  public @Nullable Long cacheWrite() {
    return knows(Measure.CACHE_WRITE_5M) || knows(Measure.CACHE_WRITE_1H)
        ? (Long) Math.addExact(orZero(Measure.CACHE_WRITE_5M), orZero(Measure.CACHE_WRITE_1H))
        : null;
  }

  /// The tokens that are known.
  public TokenCounts tokens() {
    return new TokenCounts(
        orZero(Measure.INPUT),
        orZero(Measure.OUTPUT),
        orZero(Measure.CACHE_WRITE_5M),
        orZero(Measure.CACHE_WRITE_1H),
        orZero(Measure.CACHE_READ));
  }

  /// The same where one of them is unknown.
  public BilledAmounts without(Measure measure) {
    long[] others = amounts.clone();
    others[place(measure)] = 0;
    return new BilledAmounts(others, known & ~bit(measure));
  }

  /// Zero of all that is known.
  public BilledAmounts none() {
    return new BilledAmounts(new long[MEASURES.length], known);
  }

  /// The sum, of what both know.
  public BilledAmounts plus(BilledAmounts other) {
    int both = known & other.known;
    long[] sum = new long[MEASURES.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = (both & (1 << i)) == 0 ? 0 : Math.addExact(amounts[i], other.amounts[i]);
    }
    return new BilledAmounts(sum, both);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BilledAmounts that
        && known == that.known
        && Arrays.equals(amounts, that.amounts);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(amounts) + known;
  }

  @Override
  public String toString() {
    return values().toString();
  }
}
