package dev.claudometer.metric;

import java.util.List;

/// A value with the labels that tell it from its siblings.
///
/// @param labels values in the order of the family's label names
public record Series(List<String> labels, Value value) {

  public Series {
    labels = List.copyOf(labels);
  }
}
