package dev.claudometer.store;

import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Of what a question is: only usage whose dimensions have one of these values each.
///
/// @param allowed by dimension: one that is not in it may have any value, and one with no value at
///   all fits nothing
public record Where(Map<Dimension, Set<String>> allowed) {

  public static final Where ANY = new Where(Map.of());

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
    return new Where(narrower);
  }

  private static Set<String> both(Set<String> one, Set<String> other) {
    var both = new HashSet<>(one);
    both.retainAll(other);
    return both;
  }

  public boolean isAny() {
    return allowed.isEmpty();
  }

  public boolean isOf(Dimension dimension) {
    return allowed.containsKey(dimension);
  }
}
