package dev.claudometer.metric;

import java.util.Collections;
import java.util.List;

/// A family as it is at one moment; no two series have the same labels.
public record Samples(Family family, List<Series> series) {

  public Samples {
    // a view: a copy of a hundred thousand would cost more than all else
    series = Collections.unmodifiableList(series);
  }
}
