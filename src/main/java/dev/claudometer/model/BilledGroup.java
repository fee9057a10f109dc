package dev.claudometer.model;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a line of a bill is about.
///
/// @param values by what it is grouped: a dimension that is not in it was not asked for; an empty
///   value is one that Anthropic named nothing for, see [BilledDimension#none]
public record BilledGroup(Map<BilledDimension, String> values) {

  public BilledGroup {
    var sorted = new EnumMap<BilledDimension, String>(BilledDimension.class);
    sorted.putAll(values);
    values = Collections.unmodifiableMap(sorted);
  }

  /// Null where it is not grouped by the dimension.
  public @Nullable String value(BilledDimension dimension) {
    return values.get(dimension);
  }

  /// Empty where it is not grouped by the dimension, and where nothing is named.
  public String named(BilledDimension dimension) {
    return values.getOrDefault(dimension, "");
  }

  /// The same, with those of some dimensions that name something. A report that is not grouped by a
  /// dimension, and one that names nothing for it, are one: the service does not always know all
  /// dimensions.
  public BilledGroup named(Set<BilledDimension> dimensions) {
    var named = new EnumMap<BilledDimension, String>(BilledDimension.class);
    named.putAll(by(dimensions).values);
    named.values().removeIf(String::isEmpty);
    return new BilledGroup(named);
  }

  /// The same, with fewer dimensions.
  public BilledGroup by(Set<BilledDimension> dimensions) {
    var kept = new EnumMap<BilledDimension, String>(BilledDimension.class);
    kept.putAll(values);
    kept.keySet().retainAll(dimensions);
    return new BilledGroup(kept);
  }
}
