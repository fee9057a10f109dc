package dev.claudometer.metric;

import java.util.List;

/// A family as it is at one moment; no two series have the same labels.
public record Samples(Family family, List<Series> series) {

  public Samples {
    series = List.copyOf(series);
  }
}
