package dev.claudometer.store;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Of what a question is: only usage whose dimensions have one of these values each.
///
/// @param allowed by dimension: one that is not in it may have any value, and one with no value at
///   all fits nothing
/// @param source who told of it; but for [Source#ALL] only of responses that are still kept
public record Where(Map<Dimension, Set<String>> allowed, Source source) {

  public static final Where ANY = new Where(Map.of(), Source.ALL);

  public Where {
    var copy = new EnumMap<Dimension, Set<String>>(Dimension.class);
    allowed.forEach((dimension, values) -> copy.put(dimension, Set.copyOf(values)));
    allowed = Collections.unmodifiableMap(copy);
  }

  public static Where of(Dimension dimension, String value) {
    return ANY.and(dimension, Set.of(value));
  }

  /// The same, of these values only.
  public Where and(Dimension dimension, Set<String> values) {
    var narrower = new EnumMap<Dimension, Set<String>>(Dimension.class);
    narrower.putAll(allowed);
    narrower.merge(dimension, values, Where::both);
    return new Where(narrower, source);
  }

  /// The same, of what this source told only.
  public Where of(Source other) {
    return new Where(allowed, other);
  }

  private static Set<String> both(Set<String> one, Set<String> other) {
    var both = new HashSet<>(one);
    both.retainAll(other);
    return both;
  }

  public boolean isAny() {
    return allowed.isEmpty() && source == Source.ALL;
  }

  /// Whether sums know which usage is meant: they do not tell who told of it.
  public boolean isInSums() {
    return source == Source.ALL;
  }

  /// Whether a store can tell that of a range.
  ///
  /// @param horizon responses before it may have been deleted; the epoch where none has been
  public boolean isKnown(TimeRange range, Instant horizon) {
    return isInSums() || horizon.equals(Instant.EPOCH) || !range.from().isBefore(horizon);
  }

  public boolean isOf(Dimension dimension) {
    return allowed.containsKey(dimension);
  }
}
