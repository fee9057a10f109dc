package dev.claudometer.model;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How much a line of a bill says. What it does not say is unknown, which is not zero.
///
/// @param values what is known
public record BilledAmounts(Map<Measure, Long> values) {

  public BilledAmounts {
    var sorted = new EnumMap<Measure, Long>(Measure.class);
    sorted.putAll(values);
    values = Collections.unmodifiableMap(sorted);
  }

  /// Null where it is unknown.
  public @Nullable Long of(Measure measure) {
    return values.get(measure);
  }

  /// Null where it is unknown.
  public @Nullable Usd cost() {
    Long nanos = values.get(Measure.COST);
    return nanos == null ? null : new Usd(nanos);
  }

  /// Prompt tokens written to either cache; null where both are unknown. Those without a split
  /// stand in one of them.
  public @Nullable Long cacheWrite() {
    Long five = values.get(Measure.CACHE_WRITE_5M);
    Long hour = values.get(Measure.CACHE_WRITE_1H);
    if (five == null || hour == null) {
      return five == null ? hour : five;
    }
    return Math.addExact(five, hour);
  }

  /// The tokens that are known.
  public TokenCounts tokens() {
    return new TokenCounts(
        values.getOrDefault(Measure.INPUT, 0L),
        values.getOrDefault(Measure.OUTPUT, 0L),
        values.getOrDefault(Measure.CACHE_WRITE_5M, 0L),
        values.getOrDefault(Measure.CACHE_WRITE_1H, 0L),
        values.getOrDefault(Measure.CACHE_READ, 0L));
  }

  /// The same where one of them is unknown.
  public BilledAmounts without(Measure measure) {
    var others = new EnumMap<>(values);
    others.remove(measure);
    return new BilledAmounts(others);
  }

  /// Zero of all that is known.
  public BilledAmounts none() {
    var none = new EnumMap<Measure, Long>(Measure.class);
    values.keySet().forEach(measure -> none.put(measure, 0L));
    return new BilledAmounts(none);
  }

  /// The sum, of what both know.
  public BilledAmounts plus(BilledAmounts other) {
    var sum = new EnumMap<Measure, Long>(Measure.class);
    values.forEach(
        (measure, value) -> {
          Long more = other.values.get(measure);
          if (more != null) {
            sum.put(measure, Math.addExact(value, more));
          }
        });
    return new BilledAmounts(sum);
  }
}
